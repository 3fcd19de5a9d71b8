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

type MetadataEntry = readonly [string, string | number | boolean];

/** Built property by property: copies of frozen objects would each get a shape of their own. */
function metadataFrom(entries: readonly MetadataEntry[]): FlagMetadata {
  if (entries.length === 0) return noMetadata;
  const metadata: Record<string, string | number | boolean> = {};
  for (const [name, value] of entries) {
    if (name === '__proto__') Object.defineProperty(metadata, name, { value, enumerable: true });
    else metadata[name] = value;
  }
  return Object.freeze(metadata);
}

/** OpenFeature metadata: texts, numbers and booleans only; `version` is where telemetry looks for it. */
export function flagMetadataOf(flag: FlagModel): FlagMetadata {
  if (flag.metadata === undefined && !flag.version) return noMetadata;
  const entries = Object.entries(flag.metadata ?? {}).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  ) as MetadataEntry[];
  const isNamed = entries.some(([name]) => name === 'version');
  return metadataFrom(flag.version && !isNamed ? [...entries, ['version', flag.version]] : entries);
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
    if (!ruleName) return this.metadata;
    const others = Object.entries(this.metadata).filter(([name]) => name !== 'evaluatedRuleName');
    return metadataFrom([...others, ['evaluatedRuleName', ruleName]]);
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
