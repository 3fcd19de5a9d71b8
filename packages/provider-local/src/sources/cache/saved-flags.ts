// The text of a cache file: a line about it, a line for the flags.
import { optionRules } from '@halyard/core';
import type { Digest } from '../../ports/digest.ts';
import type { FlagDocument, LoadedFlags } from '../source.ts';

const MARK = 'halyard-flags';
/** Changes with the meaning of the file; files of other versions are not read. */
const FORMAT = 1;

/** The last good flags of a source. */
export interface SavedFlags {
  /** The name of the source. */
  readonly source: string;
  /** In milliseconds since 1970. */
  readonly savedAt: number;
  readonly flags: Pick<LoadedFlags, 'documents' | 'enrichment'>;
}

/** What is written: everything but credentials, of which neither names of sources nor documents hold any. */
export function textOfSaved({ source, savedAt, flags }: SavedFlags, digest: Digest): string {
  const { documents, enrichment } = flags;
  const about = JSON.stringify({ source, savedAt: new Date(savedAt).toISOString() });
  const payload = JSON.stringify({ documents, enrichment });
  const header = { is: MARK, format: FORMAT, checksum: digest(`${about}\n${payload}`) };
  return `${JSON.stringify({ ...header, about })}\n${payload}\n`;
}

/**
 * What was written.
 *
 * @throws Error that says why it is not used
 */
export function savedFromText(text: string, digest: Digest): SavedFlags {
  const end = text.indexOf('\n');
  const header = objectFrom(text.slice(0, Math.max(end, 0)));
  if (header?.['is'] !== MARK) throw new Error('it is no cache of flags, or damaged');
  if (header['format'] !== FORMAT) throw new Error('it was written by another version');
  const about = String(header['about']);
  const payload = text.slice(end + 1, -1);
  if (!text.endsWith('\n') || header['checksum'] !== digest(`${about}\n${payload}`)) throw new Error('it is damaged');
  const { source, savedAt } = objectFrom(about) ?? {};
  const flags = objectFrom(payload);
  const at = Date.parse(String(savedAt));
  if (typeof source !== 'string' || Number.isNaN(at) || !Array.isArray(flags?.['documents'])) {
    throw new Error('it is damaged');
  }
  const documents = flags['documents'] as readonly FlagDocument[];
  const enrichment = flags['enrichment'];
  return {
    ...{ source, savedAt: at },
    flags: { documents, ...(optionRules.isPlainObject(enrichment) && { enrichment }) },
  };
}

/** Every text that was saved begins with these, somewhere within its first line. */
const MARKS = [MARK, '"checksum"'];
const LONGEST_HEADER = 200;

/**
 * Whether a text is somebody's work rather than flags that were saved, or what was left of them: nothing, a beginning,
 * bytes that are no text, a mark that is damaged.
 */
export function isForeign(text: string): boolean {
  const start = text.slice(0, LONGEST_HEADER);
  const isBeginning = `{"is":"${MARK}"`.startsWith(text);
  const isOurs = isBeginning || MARKS.some((mark) => start.includes(mark));
  return !isOurs && start.trim() !== '' && /^[\t\n\r\x20-\x7e\u00a0-\ufffc]*$/.test(start);
}

function objectFrom(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return optionRules.isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
