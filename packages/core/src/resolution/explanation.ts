import type { Resolution } from './resolution.ts';

/** How one condition of a query came out. */
export interface ConditionTrace {
  readonly text: string;
  readonly outcome: 'matched' | 'did not match' | 'not reached' | 'error';
}

/** One step on the way to an answer, in the order in which they were taken. */
export type TraceStep =
  | { readonly step: 'schedule'; readonly now: string; readonly applied: number; readonly of: number }
  | { readonly step: 'enrichment'; readonly attributes: readonly string[] }
  | { readonly step: 'bucketing-key'; readonly attribute: string; readonly key?: string; readonly error?: string }
  | { readonly step: 'disabled'; readonly because: 'disable' | 'experimentation' | 'enabled' }
  | { readonly step: 'kill-switch'; readonly by: 'document' | 'run time' }
  | { readonly step: 'requirement'; readonly feature: string; readonly isOn: boolean }
  | {
      readonly step: 'user-list';
      readonly list: 'blacklist' | 'whitelist';
      readonly outcome: 'matched' | 'did not match';
    }
  | { readonly step: 'target-attribute'; readonly attribute: string; readonly outcome: 'matched' | 'did not match' }
  | { readonly step: 'baseline' }
  | {
      readonly step: 'rule';
      /** Its place in the flag's targeting, from 0. */
      readonly index: number;
      readonly name?: string;
      readonly query: string;
      readonly outcome: 'matched' | 'did not match' | 'disabled' | 'error';
      readonly conditions: readonly ConditionTrace[];
    }
  | { readonly step: 'default-rule' }
  | {
      readonly step: 'percentage';
      readonly bucket: number;
      readonly modulus: number;
      readonly shares: readonly { readonly variation: string; readonly from: number; readonly to: number }[];
    }
  | {
      readonly step: 'progressive-rollout';
      readonly now: string;
      readonly bucket: number;
      /** Buckets below this number have the end variation. */
      readonly reached: number;
      readonly modulus: number;
    };

/** An answer together with how it came about. Holds attributes of the context: not for logs. */
export interface Explanation {
  readonly resolution: Resolution;
  readonly trace: readonly TraceStep[];
}
