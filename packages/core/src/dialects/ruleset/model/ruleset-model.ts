/** How the features of a ruleset are decided. */
export type RulesetType = 'percentage' | 'user_targeting' | 'ab_test';

/** One attribute that has to have one of these values. */
export interface TargetAttribute {
  /** Dotted. */
  readonly path: string;
  readonly values: ReadonlySet<unknown>;
}

/** How one feature is decided, once nothing switches it off. */
export type FeatureRule =
  | { readonly type: 'percentage'; readonly percentage: number }
  | {
      readonly type: 'user_targeting';
      readonly whitelist: ReadonlySet<string>;
      readonly blacklist: ReadonlySet<string>;
      readonly attributes: readonly TargetAttribute[];
    }
  | {
      readonly type: 'ab_test';
      readonly groups: readonly string[];
      /** As many as groups; their sum is a positive number. */
      readonly weights: readonly number[];
      readonly treatmentGroups: ReadonlySet<string>;
    };

/** A feature as read: valid in itself. */
export interface FeatureModel {
  readonly name: string;
  readonly enabled: boolean;
  /** What it answers when it is off. */
  readonly baseline: unknown;
  /** What it answers when it is on. */
  readonly value: unknown;
  readonly rule: FeatureRule;
  /** The features it names itself. */
  readonly requires: readonly string[];
  /** Its properties as written, those that count. */
  readonly written: Readonly<Record<string, unknown>>;
}

/** A feature that has to be on for another to be. */
export interface Requirement {
  readonly feature: FeatureModel;
  /** The feature named in `requires` through which it is needed; its own name if it is named itself. */
  readonly through: string;
}

/** A ruleset of a document, valid as a whole. */
export interface RulesetModel {
  readonly name: string;
  readonly killSwitch: boolean;
  readonly baseline: ReadonlyMap<string, unknown>;
  readonly features: ReadonlyMap<string, FeatureModel>;
  /** What features need, directly and through others; only those that need any. */
  readonly requirements: ReadonlyMap<string, readonly Requirement[]>;
}
