import { isAccepted, matches } from './query-answers.ts';
import vectors from '../../../vectors/goff-queries.json' with { type: 'json' };

interface Vector {
  readonly topic: string;
  readonly q: string;
  readonly ctx: object;
  readonly match: boolean;
  readonly rejectedByServer?: boolean;
}

test.each(vectors.cases as Vector[])('$topic: $q for $ctx', ({ q, ctx, match, rejectedByServer }) => {
  expect(matches(q, ctx)).toBe(match);
  expect(isAccepted(q)).toBe(rejectedByServer !== true);
});
