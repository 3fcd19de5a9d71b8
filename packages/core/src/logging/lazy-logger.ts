import type { Logger } from '../ports/logger.ts';

type Level = keyof Logger;
type Entry = readonly [Level, readonly unknown[]];

/** Messages kept until the real logger is there. */
const MOST_WAITING = 1_000;

/** A logger that is loaded when the first message comes. What comes meanwhile waits, in order. */
export function lazyLogger(load: () => Promise<Logger>): Logger {
  let waiting: Entry[] | undefined;
  let loaded: Logger | undefined;
  const flush = (logger: Logger | undefined): void => {
    loaded = logger;
    const entries = waiting ?? [];
    waiting = [];
    for (const [level, args] of entries) logger?.[level](...args);
  };
  const log = (level: Level, args: readonly unknown[]): void => {
    if (loaded !== undefined) return loaded[level](...args);
    if (waiting === undefined) {
      waiting = [];
      load()
        .then(flush, () => flush(undefined))
        .catch(() => undefined);
    }
    if (waiting.length < MOST_WAITING) waiting.push([level, args]);
  };
  return {
    error: (...args) => log('error', args),
    warn: (...args) => log('warn', args),
    info: (...args) => log('info', args),
    debug: (...args) => log('debug', args),
  };
}
