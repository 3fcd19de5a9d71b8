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

/** What every text that was saved begins with, whatever its version. */
const BEGINNING = `{"is":"${MARK}","format":`;
/** So many characters of it may have become others. */
const MOST_DAMAGED = 3;
/** White space longer than this may be a part of something. */
const LONGEST_BLANK = 100;

/**
 * Whether a text is somebody's work rather than flags that were saved, or what was left of them: nothing, or how every
 * text that was saved begins, cut off or with some damage. What cannot be known as ours is not ours, random bytes too.
 */
export function isForeign(text: string): boolean {
  const isBlank = text.length <= LONGEST_BLANK && text.trim() === '';
  return !isBlank && !BEGINNING.startsWith(text) && !beginsDamaged(text) && !beginsShifted(text);
}

function beginsDamaged(text: string): boolean {
  const damaged = Array.from(BEGINNING).filter((character, at) => text[at] !== character);
  return damaged.length <= MOST_DAMAGED;
}

/** Whether a character of the beginning is gone, or there is one more. */
function beginsShifted(text: string): boolean {
  let same = 0;
  while (text[same] === BEGINNING[same] && same < BEGINNING.length) same++;
  return text.startsWith(BEGINNING.slice(same + 1), same) || text.startsWith(BEGINNING.slice(same), same + 1);
}

function objectFrom(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return optionRules.isPlainObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
