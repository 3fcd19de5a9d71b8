import { dialectOf } from '../../src/dialects/dialect-of.ts';
import type { Dialect } from '../../src/dialects/dialect.ts';
import { goffDialect } from '../../src/dialects/goff/goff-dialect.ts';
import { rulesetDialect } from '../../src/dialects/ruleset/ruleset-dialect.ts';
import { membersOf } from './ruleset/ruleset-harness.ts';

const goff = goffDialect({ enrichment: {}, now: () => ({ seconds: 0, nanos: 0 }) });
const ruleset = rulesetDialect({ enrichment: {} });
const both = [goff, ruleset] as const;

function nameOf(document: object, inForce?: Dialect): string {
  try {
    return dialectOf(membersOf(document), both, inForce).name;
  } catch (error) {
    return (error as Error).message;
  }
}

const flag = { variations: { on: true }, defaultRule: { variation: 'on' } };

test.each<[string, object, string]>([
  ['a flag', { f: flag }, 'goff'],
  ['a flag in other letters, as JSON files have it', { f: { DefaultRule: {} } }, 'goff'],
  ['a flag among things that are none', { f: flag, g: 5, h: { percent: 1 } }, 'goff'],
  ['a ruleset', { r: { type: 'percentage' } }, 'ruleset'],
  ['a ruleset of an unknown type', { r: { type: 'other', features: {} } }, 'ruleset'],
  ['the flat form', { f: true, g: false }, 'ruleset'],
])('%s is recognised', (_name, document, expected) => {
  expect(nameOf(document)).toBe(expected);
});

test.each<[string, object]>([
  ['a document of something else', { error: 'not found' }],
  ['flags without any known property', { f: { x: 1 } }],
  ['a flag beside a ruleset', { f: flag, r: { type: 'percentage' } }],
])('%s has to be named with the option dialect', (_name, document) => {
  expect(nameOf(document)).toContain("the option dialect, 'goff' or 'ruleset'");
});

test('a document without members is of the dialect in force, or the first', () => {
  expect(nameOf({})).toBe('goff');
  expect(nameOf({}, ruleset)).toBe('ruleset');
});

test('a document of another dialect does not take the place of the flags in force', () => {
  expect(nameOf({ f: true }, goff)).toBe(
    "the document looks like the dialect 'ruleset', and the flags in force are of 'goff'",
  );
});

test('where there is only one dialect, documents are of it whatever they look like', () => {
  expect(dialectOf(membersOf({ f: flag }), [ruleset], undefined)).toBe(ruleset);
});
