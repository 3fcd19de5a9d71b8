import type { CollectorBatch } from '@halyard/relay-client';

/** Usage data on its way: what happened, and what goes with all of it. */
export type UsageBatch = CollectorBatch;

/** What became of a batch. */
export type ExportResult =
  /** It arrived. */
  | { readonly status: 'accepted' }
  /** It did not, and may later: it is kept and sent again, not before `afterMs` if that is given. */
  | { readonly status: 'retry'; readonly why: string; readonly afterMs?: number }
  /** Something in it is bad or too much: it is sent in parts, and what cannot be sent alone is dropped. */
  | { readonly status: 'split'; readonly why: string }
  /** It never will: it is dropped and counted. */
  | { readonly status: 'dropped'; readonly why: string };

/** Where usage data goes. Write your own by implementing this. */
export interface UsageExporter {
  /**
   * Takes one batch. Called for one batch at a time.
   *
   * @param signal fires when nobody waits any longer: after 30 seconds, or when the last deadline of a close is over
   * @throws whatever went wrong; the batch is then kept and sent again
   */
  export(batch: UsageBatch, signal: AbortSignal): Promise<ExportResult>;
  /** Lets go of everything; called after the last batch. */
  close?(): Promise<void>;
}
