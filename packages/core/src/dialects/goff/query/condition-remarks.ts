import { parseSemver } from '../../../semver/parse-semver.ts';
import { effectOf } from './operator-effect.ts';
import type { Comparison, Literal } from './parsed-query.ts';
import type { TextRange } from './diagnostic-list.ts';
import type { TokenCursor } from './token-cursor.ts';

const kindNames: Readonly<Record<Literal['kind'], string>> = {
  boolean: 'a boolean',
  null: 'null',
  version: 'a version',
  string: 'a text',
  double: 'a number',
  integer: 'a number',
  strings: 'a list',
  doubles: 'a list',
  integers: 'a list',
};

const breaking = 'once this place is reached, the whole query does not match';

/** Tells about a comparison that cannot hold, whatever the attribute is. */
export function reportImpossible({ diagnostics }: TokenCursor, comparison: Comparison, where: TextRange): void {
  const { operator, literal } = comparison;
  const effect = effectOf(operator, literal.kind);
  const cannot = `"${operator}" cannot compare with ${kindNames[literal.kind]}`;
  if (effect === 'breaks') {
    diagnostics.add('query-impossible-operator', `${cannot}; ${breaking}`, where);
  } else if (effect === 'never') {
    diagnostics.add('query-never-matches', `${cannot}; this condition never holds`, where);
  } else if (isTooLarge(literal)) {
    diagnostics.add('query-never-matches', 'The value is too large; this condition never holds', where);
  }
}

function isTooLarge(literal: Literal): boolean {
  if (literal.kind === 'double') return !Number.isFinite(Number(literal.text));
  return literal.kind === 'version' && parseSemver(literal.text) === undefined;
}

/** Tells about a comparison whose value, which should be at `valueStart`, makes the whole query false. */
export function reportMissingValue({ diagnostics, text }: TokenCursor, where: TextRange, valueStart: number): void {
  const value = text.slice(valueStart, valueStart + 2);
  if (/^-?\d/.test(value)) {
    const message = 'This is no 64-bit integer; other numbers are written with a decimal point';
    diagnostics.add('query-damaged-literal', `${message}; ${breaking}`, where);
  } else if (value.startsWith('[')) {
    const message = 'A list has one or more texts, whole numbers without sign, or decimal numbers, all of one kind';
    diagnostics.add('query-damaged-literal', `${message}, and spaces only behind its commas; ${breaking}`, where);
  } else {
    const message = 'A value is missing: true, false, null, a number, a version, a text in double quotes, or a list';
    diagnostics.add('query-unreadable', `${message}; ${breaking}`, where);
  }
}

const twoSpaces = /^[\w.:-]+ {2}/;
const secondWord = /^[\w.:-]+ ([\w:-]+)/;

/** Tells about a place where a condition should be and none can be read. */
export function reportMissingCondition({ diagnostics, text }: TokenCursor, where: TextRange): void {
  const part = text.slice(where.start, Math.min(where.end + 20, where.start + 200));
  const word = secondWord.exec(part)?.[1];
  let message = 'A condition is missing here';
  if (twoSpaces.test(part)) message = 'Exactly one space has to stand behind an attribute';
  else if (word !== undefined) message = `A condition is missing here, or ${JSON.stringify(word)} is no operator`;
  diagnostics.add('query-unreadable', `${message}; ${breaking}`, where);
}
