import { messageOf } from '@halyard/core';
import type { DecodedDocument, Oddity } from './decoded-document.ts';
import { undecodable } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { jsonDuplicates } from './json-duplicates.ts';
import { findJsonFault } from './json-fault.ts';
import { findJsonValue, jsonMembers, offsetInJsonString } from './json-scanner.ts';
import { lineIndex, positionAt } from './line-index.ts';
import { parseWellFormedJson } from './well-formed.ts';

const byteOrderMark = '\ufeff';

/**
 * Decodes a JSON document. Of a key that occurs twice the last one counts, as in GO Feature Flag's relay.
 *
 * @throws HalyardError `SOURCE_INVALID` with line and column
 */
export function decodeJson(origin: string, text: string): DecodedDocument {
  const body = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  return {
    origin,
    flags: definitionsOf(origin, parse(origin, body), 'any-case'),
    locator: () => locatorIn(body),
    oddities: () => odditiesIn(body),
  };
}

function odditiesIn(text: string): readonly Oddity[] {
  const duplicates = jsonDuplicates(text);
  if (duplicates.length === 0) return [];
  const positionOf = lineIndex(text);
  return duplicates.map(({ path, offset }) => {
    const message = `the key ${JSON.stringify(path.at(-1))} is there twice: only what it says last counts`;
    return { severity: 'warning', code: 'duplicate-key', message, path, position: positionOf(offset) };
  });
}

function locatorIn(text: string): ReturnType<DecodedDocument['locator']> {
  const positionOf = lineIndex(text);
  const flags = jsonMembers(text);
  return ({ path: [key, ...rest], offset }) => {
    const start = findJsonValue(text, rest, key === undefined ? undefined : flags.get(key));
    return positionOf(offset === undefined ? start : offsetInJsonString(text, start, offset));
  };
}

function parse(origin: string, text: string): unknown {
  try {
    return parseWellFormedJson(text);
  } catch (error) {
    const fault = findFault(text);
    const message = fault?.message ?? messageOf(error);
    throw undecodable(origin, `not valid JSON: ${message}`, fault && positionAt(text, fault.offset));
  }
}

/** A text of many megabytes in one string is too much for the search; its fault has no place then. */
function findFault(text: string): ReturnType<typeof findJsonFault> {
  try {
    return findJsonFault(text);
  } catch {
    return undefined;
  }
}
