import type { HalyardError } from '@halyard/core';
import type { LocalStatus, LocatedDiagnostic } from '@halyard/provider-local/engine';

/** What happens to the flags of a relay. */
export type RelayEvent =
  | {
      readonly type: 'changed';
      readonly flagSet: string;
      readonly added: readonly string[];
      readonly updated: readonly string[];
      /** Flags that became invalid are among them. */
      readonly deleted: readonly string[];
    }
  /** The flags could not be loaded; those in force stay. */
  | { readonly type: 'failed'; readonly flagSet: string; readonly error: HalyardError };

/** How one flag set of a relay is doing. */
export interface FlagSetStatus {
  /** `default` where there are no flag sets. */
  readonly flagSet: string;
  /** Flags that can be evaluated. */
  readonly flags: number;
  readonly source: LocalStatus;
}

/** A relay that listens. */
export interface Relay {
  /** Where it listens, as in `http://127.0.0.1:1031`. */
  readonly url: string;
  readonly port: number;
  /** Loads the flags of all sets now. Rejects with a HalyardError if one fails; its flags in force stay. */
  reload(): Promise<void>;
  /** How each flag set is doing. Reads every flag. */
  status(): readonly FlagSetStatus[];
  /** What is wrong with the flags in force, and what is odd about them, with line and column. Reads every flag. */
  diagnostics(): readonly LocatedDiagnostic[];
  /**
   * Listens to what happens to the flags.
   *
   * @returns takes the listener off again
   */
  on(listener: (event: RelayEvent) => unknown): () => void;
  /**
   * Stops listening, ends streams, lets requests under way finish within `shutdownTimeoutMs`, exports the events that
   * wait, and lets go of everything. Idempotent, never rejects.
   */
  close(): Promise<void>;
}
