import { messageOf } from '@halyard/core';
import type { DecodedDocument } from './decoded-document.ts';
import { undecodable } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { findJsonFault } from './json-fault.ts';
import { findJsonValue, offsetInJsonString } from './json-scanner.ts';
import { positionAt } from './line-index.ts';
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
    locate({ path, offset }) {
      const start = findJsonValue(body, path);
      return positionAt(body, offset === undefined ? start : offsetInJsonString(body, start, offset));
    },
  };
}

function parse(origin: string, text: string): unknown {
  try {
    return parseWellFormedJson(text);
  } catch (error) {
    const fault = findJsonFault(text);
    const message = fault?.message ?? messageOf(error);
    throw undecodable(origin, `not valid JSON: ${message}`, fault && positionAt(text, fault.offset), error);
  }
}
