import type { ArrangedFlags, DocumentMembers, FlagControls, FlagDefinition } from '../../../src/dialects/dialect.ts';
import type { DocumentFault } from '../../../src/dialects/document-refusal.ts';
import { rulesetDialect } from '../../../src/dialects/ruleset/ruleset-dialect.ts';
import type { FlagSet } from '../../../src/engine/flag-set.ts';
import type { NextFlagSet } from '../../../src/engine/next-flag-set.ts';
import { nextFlagSet } from '../../../src/engine/next-flag-set.ts';
import type { HalyardError } from '../../../src/errors/halyard-error.ts';

/** One for all sets: flags of different dialects are not compared. */
const dialect = rulesetDialect({ enrichment: {} });

/** The members of a document that was given as objects. */
export function membersOf(document: object): DocumentMembers {
  return new Map(
    Object.entries(document).map(([name, definition]): [string, FlagDefinition] => [
      name,
      { definition, naming: 'exact' },
    ]),
  );
}

export function arranged(document: object, controls: FlagControls = {}, enrichment: object = {}): ArrangedFlags {
  const enriched = rulesetDialect({ enrichment: enrichment as Record<string, unknown> });
  return enriched.arrange(membersOf(structuredClone(document)), controls);
}

export function nextSet(previous: FlagSet | undefined, flags: ArrangedFlags): NextFlagSet {
  const work = nextFlagSet(previous, 'v', flags, dialect);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

export function setOf(document: object, controls: FlagControls = {}, enrichment: object = {}): FlagSet {
  return nextSet(undefined, arranged(document, controls, enrichment)).set;
}

/** A document of one ruleset called `r`. */
export function ruleset(type: string, features: object, others: object = {}): object {
  return { r: { type, features, ...others } };
}

/** The faults for which a document is refused, as `path: found …, expected …`. */
export function faultsOf(document: object, controls: FlagControls = {}): readonly string[] {
  try {
    arranged(document, controls);
    return [];
  } catch (error) {
    const { code, details, message } = error as HalyardError;
    expect(code).toBe('SOURCE_INVALID');
    const faults = details['faults'] as readonly DocumentFault[];
    expect(message.split('\n')).toHaveLength(1 + faults.length);
    return faults.map(({ path, found, expected }) => `${path.join('.')}: found ${found}, expected ${expected}`);
  }
}
