import type { Outcome } from '../../../resolution/outcome.ts';
import { errorOutcome, kindOf } from '../../../resolution/outcome.ts';
import type { FlagMetadata } from '../../../resolution/resolution.ts';
import type { FeatureModel } from '../model/ruleset-model.ts';
import { BASELINE, ON } from './group-shares.ts';

/** The metadata of every answer of a ruleset (rulesets §3). */
export function rulesetMetadata(ruleset: string): FlagMetadata {
  return Object.freeze({ ruleset });
}

function outcomeOf(value: unknown, variant: string, reason: string, flagMetadata: FlagMetadata): Outcome {
  const resolution = Object.freeze({ value, variant, reason, flagMetadata });
  return { resolution, kind: kindOf(value), cacheable: true, trackEvents: true };
}

/** An answer that is the baseline, whatever the feature is. */
export function baselineOutcome(value: unknown, reason: string, metadata: FlagMetadata): Outcome {
  return outcomeOf(value, BASELINE, reason, metadata);
}

/** Makes the answers of one feature, each once: they are shared by all evaluations. */
export class AnswerMaker {
  readonly metadata: FlagMetadata;
  readonly #feature: FeatureModel;

  constructor(feature: FeatureModel, metadata: FlagMetadata) {
    this.#feature = feature;
    this.metadata = metadata;
  }

  on(reason: string, metadata: FlagMetadata = this.metadata): Outcome {
    return outcomeOf(this.#feature.value, ON, reason, metadata);
  }

  baseline(reason: string, metadata: FlagMetadata = this.metadata): Outcome {
    return baselineOutcome(this.#feature.baseline, reason, metadata);
  }

  /** The answer for a group of a test: a value, and to whoever asks for a text the group's name (rulesets §3.6). */
  group(name: string, isOn: boolean): Outcome {
    const { value, baseline } = this.#feature;
    const answer = outcomeOf(isOn ? value : baseline, name, 'SPLIT', this.metadata);
    return answer.kind === 'string' ? answer : { ...answer, other: outcomeOf(name, name, 'SPLIT', this.metadata) };
  }

  byRule(evaluatedRuleName: string): FlagMetadata {
    return Object.freeze({ ...this.metadata, evaluatedRuleName });
  }

  unmet(unmetRequirement: string): Outcome {
    return this.baseline('DEFAULT', Object.freeze({ ...this.metadata, unmetRequirement }));
  }

  noUserId(): Outcome {
    const message = 'there is no user id: targetingKey, user_id, userId and id are neither texts nor numbers';
    return errorOutcome('TARGETING_KEY_MISSING', message, this.metadata);
  }
}
