import type { Dialect } from '@halyard/core';
import { messageOf } from '@halyard/core';
import type { FlagDocument } from '../sources/source.ts';
import type { DecodedDocument } from './decoded-document.ts';
import { undecodable } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { jsonCopy } from './json-copy.ts';
import { decodeJson } from './json-document.ts';
import { decodeToml } from './toml-document.ts';
import { decodeYaml } from './yaml-document.ts';

/** Definitions are copied: whoever gave them may go on using them. */
function copied({ origin, definitions }: Extract<FlagDocument, { definitions: unknown }>): unknown {
  try {
    return jsonCopy(definitions);
  } catch (error) {
    throw undecodable(origin, `the definitions cannot be written as JSON: ${messageOf(error)}`);
  }
}

/**
 * Decodes a document into flag definitions. The flags themselves are not looked at.
 *
 * @throws HalyardError `SOURCE_INVALID` with line and column where there is a text
 */
export async function decodeDocument(document: FlagDocument, dialect: Dialect): Promise<DecodedDocument> {
  const { origin } = document;
  if ('definitions' in document) {
    const flags = definitionsOf(origin, copied(document), 'any-case');
    return { origin, flags, locator: () => () => undefined, oddities: () => [] };
  }
  switch (document.format) {
    case 'json':
      return decodeJson(origin, document.text);
    case 'yaml':
      return decodeYaml(origin, document.text, dialect);
    case 'toml':
      return decodeToml(origin, document.text);
  }
}
