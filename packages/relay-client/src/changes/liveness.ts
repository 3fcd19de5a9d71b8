// When a silent connection counts as dead. The relay pings WebSockets every second (goff-relay-protocol §5.1); other
// servers may ping less often, or never.

/** What a connection has let hear. Times are the clock's `elapsed`, in milliseconds. */
export interface Heard {
  /** The last sign of life of any kind. */
  readonly lastAt: number;
  readonly pings: number;
  readonly firstPingAt: number;
  readonly lastPingAt: number;
}

/** The shortest silence that means something. */
const SHORTEST_SILENCE_MS = 10_000;
/** So many pings in a row have to be missing. */
const MISSED_PINGS = 3;

/** A connection that has just come up. */
export function heardNothing(at: number): Heard {
  return { lastAt: at, pings: 0, firstPingAt: at, lastPingAt: at };
}

/** A ping came. */
export function heardPing({ pings, firstPingAt }: Heard, at: number): Heard {
  return { lastAt: at, pings: pings + 1, firstPingAt: pings === 0 ? at : firstPingAt, lastPingAt: at };
}

/** Something else came. */
export function heardMessage(heard: Heard, at: number): Heard {
  return { ...heard, lastAt: at };
}

/**
 * How long it may be silent; undefined as long as it has no rhythm that silence could break. The mean counts: an event
 * loop that was blocked hears its pings late, but hears them all.
 */
export function longestSilence({ pings, firstPingAt, lastPingAt }: Heard): number | undefined {
  if (pings < 2) return undefined;
  return Math.max(SHORTEST_SILENCE_MS, (MISSED_PINGS * (lastPingAt - firstPingAt)) / (pings - 1));
}
