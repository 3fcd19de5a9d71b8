import type { Engine, EngineEvent } from '../engine/engine.ts';
import { Listeners } from '../engine/listeners.ts';
import type { HalyardError } from '../errors/halyard-error.ts';
import type { Logger } from '../ports/logger.ts';
import { freezeDeeply } from '../resolution/freeze-deeply.ts';

/** What listeners of a provider's own events are given, by event. */
export interface ProviderAnnouncement {
  /** Flags can be evaluated again: after STALE, or after a start that failed. Not told of a good start. */
  ready: Record<never, never>;
  /** Flags have not been confirmed for a while; the last answers go on serving. */
  stale: { readonly message: string };
  /** Something failed; what is known stays. Told once per cause. */
  error: { readonly error: HalyardError };
  /** Flags changed: the keys of all that did. `layer`: where they are from now, of a source in layers. */
  flagsUpdated: { readonly flags: readonly string[]; readonly layer?: string };
  /** One flag changed; its definition before and after, undefined where there is none or it is not known. */
  flagChanged: { readonly flag: string; readonly before: unknown; readonly after: unknown };
  /** Usage data was lost: how many events, and why. Told now and then, not of each event. */
  eventsDropped: { readonly count: number; readonly why: string };
}

interface Told {
  readonly event: PropertyKey;
  readonly details: unknown;
}

/** A provider's own events, which come beside OpenFeature's. `E`: details by event. */
export class ProviderAnnouncements<E extends ProviderAnnouncement = ProviderAnnouncement> {
  readonly #listeners: Listeners<Told>;

  constructor(logger: Logger) {
    this.#listeners = new Listeners(logger);
  }

  /** @returns takes the listener off again */
  on<K extends keyof E>(event: K, listener: (details: E[K]) => unknown): () => void {
    return this.#listeners.add((told) => {
      // what listeners are shown is what is in force
      return told.event === event ? listener(freezeDeeply(told.details) as E[K]) : undefined;
    });
  }

  tell<K extends keyof E>(event: K, details: E[K]): void {
    this.#listeners.announce({ event, details });
  }

  /** Passes on what an engine tells. */
  follow(engine: Engine): void {
    engine.on((event) => {
      for (const told of announcementsOf(event)) this.#listeners.announce(told);
    });
  }
}

function announcementsOf(event: EngineEvent): readonly Told[] {
  switch (event.type) {
    case 'ready':
      return [{ event: 'ready', details: {} }];
    case 'stale':
      return [{ event: 'stale', details: { message: event.message } }];
    case 'failure':
      return [{ event: 'error', details: { error: event.error } }];
    case 'changed': {
      const flags = event.changes.map(({ flag }) => flag);
      const each = event.changes.map((details) => ({ event: 'flagChanged', details }));
      const layer = event.layer === undefined ? {} : { layer: event.layer };
      return [{ event: 'flagsUpdated', details: { flags, ...layer } }, ...each];
    }
  }
}
