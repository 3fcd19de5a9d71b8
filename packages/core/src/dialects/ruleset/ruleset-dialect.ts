import type { Enrichment } from '../../context/attribute-reader.ts';
import type { ArrangedFlags, Dialect, DocumentMembers, FlagControls, Surroundings } from '../dialect.ts';
import { refusedDocument } from '../document-refusal.ts';
import { arrangeRuleset } from './arrange-ruleset.ts';
import { Findings } from './model/findings.ts';
import { emptyRuleset, readFlatForm, readRulesets } from './model/read-rulesets.ts';
import type { RulesetModel } from './model/ruleset-model.ts';
import { isFlatForm, isRulesetShaped } from './ruleset-shape.ts';

/** The name of the ruleset that the flat form or a document of none stands for, where nobody named one. */
const UNNAMED_RULESET = 'bootstrap';

function* arranging(
  members: DocumentMembers,
  controls: FlagControls,
  enrichment: Enrichment,
): Generator<void, ArrangedFlags> {
  const findings = new Findings();
  const { warnings, faults } = findings;
  const rulesets = yield* readDocument(members, controls.ruleset ?? UNNAMED_RULESET, findings);
  if (faults.length > 0) throw refusedDocument('ruleset', faults, warnings);
  yield;
  const names = members.size === 0 ? [] : [...rulesets.keys()];
  return arrangeRuleset({ rulesets, names, warnings, enrichment }, controls, 'SOURCE_INVALID');
}

function* readDocument(
  members: DocumentMembers,
  unnamed: string,
  findings: Findings,
): Generator<void, ReadonlyMap<string, RulesetModel>> {
  // whether no flags at all are believed is not for the document to say
  if (members.size === 0) return new Map([[unnamed, emptyRuleset(unnamed)]]);
  if (isFlatForm(members)) return new Map([[unnamed, readFlatForm(unnamed, members, findings)]]);
  return yield* readRulesets(members, findings);
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
    isShortForm: isFlatForm,
    arrange: (members, controls) => finished(arranging(members, controls, enrichment)),
    arranging: (members, controls) => arranging(members, controls, enrichment),
    meaningOf: () => 'by looks',
    selection: () => undefined,
  };
}
