import { HalyardError } from '@halyard/core';

/** Whether an answer with this status is used for what is in it; of others the status counts, whatever they hold. */
export function isContent(status: number): boolean {
  return status >= 200 && status < 300;
}

/**
 * A body read as UTF-8, without a byte order mark.
 *
 * @throws HalyardError `RESPONSE_INVALID` for the content of an answer that is none: names of flags would change
 */
export function bodyText(chunks: readonly Uint8Array[], status: number, url: string): string {
  const decoder = new TextDecoder('utf-8', { fatal: isContent(status) });
  try {
    const [first] = chunks;
    if (chunks.length === 1 && first !== undefined) return decoder.decode(first);
    const texts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
    return texts.join('') + decoder.decode();
  } catch {
    const { origin } = new URL(url);
    throw new HalyardError('RESPONSE_INVALID', `an answer from ${origin} is not UTF-8`, {
      details: { origin, status },
    });
  }
}
