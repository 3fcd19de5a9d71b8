import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { applyJsonLogic } from '../../../../src/dialects/goff/json-logic/evaluate-json-logic.ts';
import { jsonLogicMatches } from '../../../../src/dialects/goff/json-logic/json-logic-answer.ts';
import differences from './json-logic-differences.json' with { type: 'json' };

interface PublishedCase {
  readonly id: string;
  readonly rule: unknown;
  readonly data?: unknown;
  readonly expected: unknown;
  readonly asTargeting?: { readonly expectedMatch: boolean };
}

/** A row that the relay answers in another way: which one, and why the relay is the one to follow. */
interface Difference {
  readonly id: string;
  readonly because: string;
}

const listed: readonly Difference[] = differences;
const folder = process.env['HALYARD_CONFORMANCE'] ?? resolve(__dirname, '../../../../../../../shared/conformance');
const isPresent = existsSync(join(folder, 'jsonlogic'));

const rowsOf = (file: string): readonly PublishedCase[] => {
  const table = JSON.parse(readFileSync(join(folder, 'jsonlogic', file), 'utf8')) as {
    cases: PublishedCase[];
    count: number;
  };
  expect(table.cases).toHaveLength(table.count);
  return table.cases;
};

function holds({ rule, data, expected, asTargeting }: PublishedCase): boolean {
  const answer = applyJsonLogic(rule, data ?? null);
  if (!answer.ok || JSON.stringify(answer.value) !== JSON.stringify(expected)) return false;
  return asTargeting === undefined || jsonLogicMatches(answer.value) === asTargeting.expectedMatch;
}

function expectEveryRow(file: string): void {
  const rows = rowsOf(file);
  const failing = rows.filter((row) => !holds(row)).map(({ id }) => id);
  const expected = rows.map(({ id }) => id).filter((id) => listed.some((difference) => difference.id === id));
  expect(failing).toEqual(expected);
}

const required = process.env['CI'] !== undefined && process.env['CI'] !== '';
const whenPresent = isPresent || required ? describe : describe.skip;

whenPresent(
  isPresent ? 'published tables' : `published tables: NOT RUN, there is no ${join(folder, 'jsonlogic')}`,
  () => {
    test('every row of the official table holds, apart from the listed differences', () => {
      expectEveryRow('official.json');
    });

    test('every row of the proposed extension holds, apart from the listed differences', () => {
      expectEveryRow('pr48.json');
    });
  },
);

test('every listed difference has an argument', () => {
  expect(listed.filter(({ because }) => because.length < 20)).toEqual([]);
});
