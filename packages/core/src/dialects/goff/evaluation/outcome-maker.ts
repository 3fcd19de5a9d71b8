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

type Metadata = Record<string, string | number | boolean>;

function setOn(metadata: Metadata, name: string, value: unknown): void {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return;
  if (name === '__proto__') Object.defineProperty(metadata, name, { value, enumerable: true });
  else metadata[name] = value;
}

/** A copy of metadata that can be added to: texts, numbers and booleans only, as OpenFeature has it. */
function copyOf(metadata: Readonly<Record<string, unknown>>): Metadata {
  const copy: Metadata = {};
  for (const name of Object.keys(metadata)) setOn(copy, name, metadata[name]);
  return copy;
}

/** A flag's metadata as OpenFeature has it; `version` is where telemetry looks for it. */
export function flagMetadataOf({ metadata, version }: FlagModel): FlagMetadata {
  if (metadata === undefined && !version) return noMetadata;
  const copy = copyOf(metadata ?? noMetadata);
  if (version && !Object.hasOwn(copy, 'version')) copy['version'] = version;
  return Object.keys(copy).length === 0 ? noMetadata : Object.freeze(copy);
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
    const metadata = copyOf(this.metadata);
    metadata['evaluatedRuleName'] = ruleName;
    return Object.freeze(metadata);
  }

  variation({ name, reason, metadata, cacheable }: Choice): Outcome {
    const value = freezeDeeply(this.#variations?.get(name) ?? null);
    const resolution = Object.freeze({ value, variant: name, reason, flagMetadata: metadata });
    return { resolution, kind: kindOf(value), cacheable, trackEvents: true };
  }

  disabled(cacheable: boolean): Outcome {
    return defaultOutcome('DISABLED', this.metadata, cacheable);
  }

  error(code: OpenFeatureErrorCode, message: string): Outcome {
    return errorOutcome(code, message, this.metadata);
  }
}
