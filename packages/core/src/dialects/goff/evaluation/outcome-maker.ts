import { freezeDeeply } from '../../../resolution/freeze-deeply.ts';
import type { Outcome } from '../../../resolution/outcome.ts';
import { defaultOutcome, errorOutcome, kindOf } from '../../../resolution/outcome.ts';
import type { FlagMetadata, OpenFeatureErrorCode } from '../../../resolution/resolution.ts';
import { noMetadata } from '../../../resolution/resolution.ts';
import type { FlagModel } from '../model/flag-model.ts';

/** A variation that was chosen. */
interface Choice {
  readonly name: string;
  readonly reason: string;
  readonly metadata: FlagMetadata;
  readonly cacheable: boolean;
}

/** OpenFeature metadata: texts, numbers and booleans only; `version` is where telemetry looks for it. */
export function flagMetadataOf(flag: FlagModel): FlagMetadata {
  const entries = Object.entries(flag.metadata ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  ) as [string, string | number | boolean][];
  const named = flag.version !== undefined && flag.version !== '' && !entries.some(([name]) => name === 'version');
  if (named) entries.push(['version', flag.version]);
  return entries.length === 0 ? noMetadata : Object.freeze(Object.fromEntries(entries));
}

/** Makes the outcomes of one flag. */
export class OutcomeMaker {
  /** The flag's metadata. */
  readonly metadata: FlagMetadata;
  readonly #variations: ReadonlyMap<string, unknown> | undefined;

  constructor(metadata: FlagMetadata, variations: ReadonlyMap<string, unknown> | undefined) {
    this.metadata = metadata;
    this.#variations = variations;
  }

  withVariations(variations: ReadonlyMap<string, unknown> | undefined): OutcomeMaker {
    return variations === this.#variations ? this : new OutcomeMaker(this.metadata, variations);
  }

  /** The metadata of answers that a targeting rule gives; rules without a name add nothing. */
  metadataOf(ruleName: string | undefined): FlagMetadata {
    return ruleName ? Object.freeze({ ...this.metadata, evaluatedRuleName: ruleName }) : this.metadata;
  }

  variation({ name, reason, metadata, cacheable }: Choice): Outcome {
    const value = freezeDeeply(this.#variations?.get(name) ?? null);
    const resolution = Object.freeze({ value, variant: name, reason, flagMetadata: metadata });
    return { resolution, kind: kindOf(value), cacheable };
  }

  disabled(cacheable: boolean): Outcome {
    return defaultOutcome('DISABLED', this.metadata, cacheable);
  }

  error(code: OpenFeatureErrorCode, message: string): Outcome {
    return errorOutcome(code, message, this.metadata);
  }
}
