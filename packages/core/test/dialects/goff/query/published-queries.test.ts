import { describePublished, publishedCases } from '@halyard/testkit';
import { matches } from './query-answers.ts';

interface PublishedCase {
  readonly id: string;
  readonly query: string;
  readonly context: object;
  readonly expected: { readonly result: boolean };
  /** The answer of GO Feature Flag's WASM engine, which traps on characters that the relay skips. */
  readonly goffEngine: boolean | 'trap';
}

const cases = publishedCases<PublishedCase>('query-language/cases.json');

describePublished('the published queries', () => {
  test.each(cases.filter(({ goffEngine }) => goffEngine !== 'trap'))(
    '$id: $query',
    ({ query, context, goffEngine }) => {
      expect(matches(query, context)).toBe(goffEngine);
    },
  );

  test.each(cases.filter(({ goffEngine }) => goffEngine === 'trap'))('$id: $query', ({ query, context, expected }) => {
    expect(matches(query, context)).toBe(expected.result);
  });
});
