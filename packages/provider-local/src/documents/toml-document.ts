import type { DocumentPath } from '@halyard/core';
import { messageOf } from '@halyard/core';
import type { DecodedDocument } from './decoded-document.ts';
import { undecodable } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { lineIndex } from './line-index.ts';

/**
 * Decodes a TOML document. The parser is loaded when it is first needed.
 *
 * @throws HalyardError `SOURCE_INVALID` with line and column
 */
export async function decodeToml(origin: string, text: string): Promise<DecodedDocument> {
  const { parse } = await import('smol-toml');
  let value: unknown;
  try {
    value = plainValue(parse(text));
  } catch (error) {
    const { line, column } = error as { line?: number; column?: number };
    const position = line === undefined || column === undefined ? undefined : { line, column };
    throw undecodable(origin, `not valid TOML: ${messageOf(error).split('\n')[0]}`, position);
  }
  return {
    origin,
    flags: definitionsOf(origin, value, 'any-case'),
    locator: () => {
      const positionOf = lineIndex(text);
      return ({ path }) => positionOf(lineOf(text, path));
    },
    // the format has nothing of the kind
    oddities: () => [],
  };
}

/** TOML values as JSON values: dates become RFC 3339 text. Depth is limited by the parser. */
function plainValue(value: unknown): unknown {
  if (value instanceof Date) return dateText(value.toISOString());
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]));
}

/** A TOML date as RFC 3339 text. Dates without a time or an offset are in UTC; a time alone stays a time. */
function dateText(text: string): string {
  const [day = '', time = '00:00:00'] = text.split('T');
  if (!day.includes('-')) return text;
  const hasOffset = /(?:Z|[-+]\d\d:\d\d)$/.test(time);
  return `${day}T${time.replace(/\.0+(?=$|Z|[-+])/, '')}${hasOffset ? '' : 'Z'}`;
}

/** The line that defines the value at `path`, or the one of the nearest table around it. The parser keeps no places. */
function lineOf(text: string, path: DocumentPath): number {
  const names = path.filter((step): step is string => typeof step === 'string');
  let best = { depth: 0, offset: 0 };
  let table: readonly string[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const header = /^\s*\[\[?\s*(.+?)\s*\]\]?/.exec(line)?.[1];
    if (header !== undefined) table = dottedKey(header);
    const assigned = header === undefined ? /^\s*([^=#]+?)\s*=/.exec(line)?.[1] : undefined;
    const key = assigned === undefined ? table : [...table, ...dottedKey(assigned)];
    const depth = key.every((name, index) => names[index] === name) ? key.length : 0;
    if (depth > best.depth && (header !== undefined || assigned !== undefined)) best = { depth, offset };
    offset += line.length + 1;
  }
  return best.offset;
}

function dottedKey(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([^.\s"']+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
