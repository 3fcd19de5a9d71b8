import type { EngineEvent, HalyardError } from '@halyard/core';

/** What listeners of a provider's own events are given. */
export interface LocalProviderEvents {
  /** Flags can be evaluated again: after STALE, or after a start that failed. Not told of a good start. */
  ready: Record<never, never>;
  /** The source has failed for longer than `staleAfterMs`; the last flags go on serving. */
  stale: { readonly message: string };
  /** The source failed; the flags in force stay. Told once per cause. */
  error: { readonly error: HalyardError };
  /** New flags are in force: the keys of all that changed. */
  flagsUpdated: { readonly flags: readonly string[] };
  /** One flag changed; its definition before and after, undefined where there is none. */
  flagChanged: { readonly flag: string; readonly before: unknown; readonly after: unknown };
  /** Usage data was lost: how many events, and why. Told now and then, not of each event. */
  eventsDropped: { readonly count: number; readonly why: string };
}

type Told = {
  readonly [E in keyof LocalProviderEvents]: { readonly event: E; readonly details: LocalProviderEvents[E] };
};
/** One event with its details. */
export type ProviderEvent = Told[keyof LocalProviderEvents];

/** An engine's event as the events of a provider. */
export function providerEvents(event: EngineEvent): readonly ProviderEvent[] {
  switch (event.type) {
    case 'ready':
      return [{ event: 'ready', details: {} }];
    case 'stale':
      return [{ event: 'stale', details: { message: event.message } }];
    case 'failure':
      return [{ event: 'error', details: { error: event.error } }];
    case 'changed': {
      const flags = event.changes.map(({ flag }) => flag);
      const each = event.changes.map((change): ProviderEvent => ({ event: 'flagChanged', details: change }));
      return [{ event: 'flagsUpdated', details: { flags } }, ...each];
    }
  }
}
