import type { Dialect } from '@halyard/core';
import type { FlagDocument } from '../sources/source.ts';
import type { DecodedDocument } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { decodeJson } from './json-document.ts';
import { decodeToml } from './toml-document.ts';
import { decodeYaml } from './yaml-document.ts';

/**
 * Decodes a document into flag definitions. The flags themselves are not looked at.
 *
 * @throws HalyardError `SOURCE_INVALID` with line and column where there is a text
 */
export async function decodeDocument(document: FlagDocument, dialect: Dialect): Promise<DecodedDocument> {
  const { origin } = document;
  if ('definitions' in document) {
    return { origin, flags: definitionsOf(origin, document.definitions, 'any-case'), locate: () => undefined };
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
