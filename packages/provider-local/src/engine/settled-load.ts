import type { Clock } from '@halyard/core';
import { HalyardError, orAborted } from '@halyard/core';
import type { LoadedFlags, Source } from '../sources/source.ts';
import { checkLoaded } from './check-loaded.ts';

/** A source that has not answered after this long has failed, in milliseconds. */
const LOAD_TIMEOUT_MS = 30_000;
/** After so many quiet periods without quiet, the text is taken as it is. */
const MOST_ROUNDS = 50;
/** An empty text is most likely one that is about to be written: it has to stay for this many quiet periods. */
const ROUNDS_FOR_EMPTY = 10;

interface LoadParts {
  readonly source: Source;
  readonly name: string;
  readonly clock: Clock;
}

/**
 * Loads what is new, once it has stayed the same for the source's `settleMs`: an editor may be half way through
 * writing it. The first load of all does not wait.
 */
export async function settledLoad(
  parts: LoadParts,
  version: string | undefined,
  signal: AbortSignal,
): Promise<LoadedFlags | 'unchanged'> {
  let loaded = await loadInTime(parts, version, signal);
  const { settleMs = 0 } = parts.source;
  if (loaded === 'unchanged' || version === undefined || settleMs === 0) return loaded;
  let quiet = 0;
  for (let round = 0; round < MOST_ROUNDS && quiet < roundsFor(loaded); round++) {
    await sleep(parts.clock, settleMs, signal);
    const again = await loadInTime(parts, loaded.version, signal);
    quiet = again === 'unchanged' ? quiet + 1 : 0;
    if (again !== 'unchanged') loaded = again;
  }
  return loaded.version === version ? 'unchanged' : loaded;
}

function roundsFor({ documents }: LoadedFlags): number {
  const isEmpty = documents.some((document) => 'text' in document && document.text.trim() === '');
  return isEmpty ? ROUNDS_FOR_EMPTY : 1;
}

async function loadInTime(
  { source, name, clock }: LoadParts,
  version: string | undefined,
  signal: AbortSignal,
): Promise<LoadedFlags | 'unchanged'> {
  const limit = new AbortController();
  const stop = (): void => limit.abort(signal.reason);
  const tooLate = new HalyardError('TIMED_OUT', `${name} did not answer within ${LOAD_TIMEOUT_MS} ms`);
  const timer = clock.startTimer(LOAD_TIMEOUT_MS, () => limit.abort(tooLate));
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    const answer: unknown = await orAborted(Promise.resolve(source.load(version, limit.signal)), limit.signal);
    return checkLoaded(name, answer, version);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', stop);
  }
}

function sleep(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      timer.cancel();
      reject(signal.reason as Error);
    };
    const wake = (): void => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    const timer = clock.startTimer(delayMs, wake, 'holds the process');
    signal.addEventListener('abort', stop, { once: true });
  });
}
