import type { FlagChange } from '@halyard/core';
import type { LocalEngine } from './local-engine.ts';

/** Loads the flags now, and tells what changed; where there were none before, that is every flag. Rejects as the load does. */
export async function changesOfReload(engine: LocalEngine): Promise<readonly FlagChange[]> {
  const hadFlags = Boolean(engine.flags);
  const changes: FlagChange[] = [];
  const stop = engine.on((event) => void (event.type === 'changed' && changes.push(...event.changes)));
  try {
    await engine.reload();
  } finally {
    stop();
  }
  if (hadFlags) return changes;
  const entries = engine.flags?.entries() ?? [];
  return Array.from(entries, ({ key, definition }) => ({ flag: key, before: undefined, after: definition }));
}
