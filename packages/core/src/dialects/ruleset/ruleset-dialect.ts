import type { Enrichment } from '../../context/attribute-reader.ts';
import type { ArrangedFlags, Dialect, DocumentMembers, FlagControls, Surroundings } from '../dialect.ts';
import { refusedDocument } from '../document-refusal.ts';
import { arrangeRuleset } from './arrange-ruleset.ts';
import { Findings } from './model/findings.ts';
import { readFlatForm, readRulesets } from './model/read-rulesets.ts';
import { isFlatForm, isRulesetShaped } from './ruleset-shape.ts';

/** The name of the ruleset that the flat form stands for, where nobody named one. */
const FLAT_RULESET = 'bootstrap';

function* arranging(
  members: DocumentMembers,
  controls: FlagControls,
  enrichment: Enrichment,
): Generator<void, ArrangedFlags> {
  const findings = new Findings();
  const flatName = controls.ruleset ?? FLAT_RULESET;
  const rulesets = isFlatForm(members)
    ? new Map([[flatName, readFlatForm(flatName, members, findings)]])
    : yield* readRulesets(members, findings);
  if (findings.faults.length > 0) throw refusedDocument('ruleset', findings.faults, findings.warnings);
  yield;
  return arrangeRuleset({ rulesets, warnings: findings.warnings, enrichment }, controls, 'SOURCE_INVALID');
}

function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

/**
 * Documents of rulesets (rulesets), of which one is active at a time. A document is refused as a whole or not at all;
 * the active ruleset and the kill switch can be controlled at run time.
 */
export function rulesetDialect({ enrichment }: Pick<Surroundings, 'enrichment'>): Dialect {
  return {
    name: 'ruleset',
    recognises: isRulesetShaped,
    arrange: (members, controls) => finished(arranging(members, controls, enrichment)),
    arranging: (members, controls) => arranging(members, controls, enrichment),
    meaningOf: () => 'by looks',
    selection: () => undefined,
  };
}
