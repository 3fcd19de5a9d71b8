/**
 * Does something when the signal fires, at once if it has fired already.
 *
 * @returns takes it back
 */
export function onAbort(signal: AbortSignal, task: () => void): () => void {
  if (signal.aborted) task();
  else signal.addEventListener('abort', task, { once: true });
  return () => signal.removeEventListener('abort', task);
}
