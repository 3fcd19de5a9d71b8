import { freezeDeeply } from '../../../resolution/freeze-deeply.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import { defaultOutcome, errorOutcome, kindOf } from '../../../resolution/outcome.ts';
import type { FlagMetadata, OpenFeatureErrorCode } from '../../../resolution/resolution.ts';
import { noMetadata } from '../../../resolution/resolution.ts';
import type { FlagModel } from '../model/flag-model.ts';

/** Makes the outcomes of one flag; each is made once and then shared. */
export interface OutcomeMaker {
  /** A variation was chosen. `ruleName` is that of the targeting rule, if it has one. */
  variation(choice: { name: string; reason: string; ruleName?: string | undefined; cacheable: boolean }): Outcome;
  disabled(cacheable: boolean): Outcome;
  error(code: OpenFeatureErrorCode, message: string): Outcome;
}

/** OpenFeature metadata: texts, numbers and booleans only; `version` is where telemetry looks for it. */
function flagMetadataOf(flag: FlagModel): FlagMetadata {
  const entries = Object.entries(flag.metadata ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  ) as [string, string | number | boolean][];
  const named = flag.version !== undefined && flag.version !== '' && !entries.some(([name]) => name === 'version');
  if (named) entries.push(['version', flag.version]);
  return entries.length === 0 ? noMetadata : Object.freeze(Object.fromEntries(entries));
}

/** @param variations those in force, which a schedule may have added to */
export function outcomeMaker(flag: FlagModel, variations: ReadonlyMap<string, unknown> | undefined): OutcomeMaker {
  const flagMetadata = flagMetadataOf(flag);
  return {
    variation({ name, reason, ruleName, cacheable }) {
      const value = freezeDeeply(variations?.get(name) ?? null);
      const metadata = ruleName ? Object.freeze({ ...flagMetadata, evaluatedRuleName: ruleName }) : flagMetadata;
      const resolution = Object.freeze({ value, variant: name, reason, flagMetadata: metadata });
      return { resolution, kind: kindOf(value), cacheable };
    },
    disabled: (cacheable) => defaultOutcome('DISABLED', flagMetadata, cacheable),
    error: (code, message) => errorOutcome(code, message, flagMetadata),
  };
}
