import type { Dialect, DocumentPath, Place, Position } from '@halyard/core';
import { messageOf } from '@halyard/core';
import type { Document, Node, Scalar } from 'yaml';
import type { DecodedDocument, Oddity } from './decoded-document.ts';
import { undecodable } from './decoded-document.ts';
import { definitionsOf } from './definitions.ts';
import { lineIndex, positionAt } from './line-index.ts';
import { YamlFault, YamlValues } from './yaml-values.ts';

type Yaml = typeof import('yaml');

/**
 * Decodes the first document of a YAML text. The parser is loaded when it is first needed.
 *
 * @throws HalyardError `SOURCE_INVALID` with line and column: syntax, duplicate keys, alias bombs
 */
export async function decodeYaml(origin: string, text: string, dialect: Dialect): Promise<DecodedDocument> {
  const yaml = await import('yaml');
  const document = parseOrFail(yaml, origin, text);
  const [fault] = document.errors;
  if (fault !== undefined) {
    throw undecodable(origin, `not valid YAML: ${fault.message.split('\n')[0]}`, positionAt(text, fault.pos[0]));
  }
  // the first name of a path is the flag key, which dialects do not see
  const meaningOf = (path: DocumentPath): ReturnType<Dialect['meaningOf']> => dialect.meaningOf(path.slice(1));
  try {
    const value = new YamlValues(document, yaml, meaningOf).valueOf(document.contents, []);
    const flags = definitionsOf(origin, value, 'exact');
    return { origin, flags, locator: () => locatorIn(yaml, text), oddities: () => odditiesIn(yaml, text) };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    throw undecodable(origin, error.message, positionAt(text, error.offset));
  }
}

// keys are compared by YamlValues, which sees their text
const options = { uniqueKeys: false, prettyErrors: false, keepSourceTokens: false, logLevel: 'silent' } as const;

function parse(yaml: Yaml, text: string): Document.Parsed {
  const [first] = parseAll(yaml, text);
  return first ?? yaml.parseDocument('', options);
}

function parseAll(yaml: Yaml, text: string): readonly Document.Parsed[] {
  return yaml.parseAllDocuments(text, options) as Document.Parsed[];
}

/** Only the first document counts, as for GO Feature Flag's relay: those after it are told, if there is anything in them. */
function odditiesIn(yaml: Yaml, text: string): readonly Oddity[] {
  const [, ...others] = parseAll(yaml, text);
  const positionOf = lineIndex(text);
  return others.flatMap(({ contents, errors, range: [start] }): Oddity[] => {
    const isNothing = contents === null || (yaml.isScalar(contents) && contents.value === null);
    if (isNothing && errors.length === 0) return [];
    const message = 'another document begins here, behind ---: only the first one counts';
    const position = positionOf(contents?.range?.[0] ?? start);
    return [{ severity: 'warning', code: 'document-ignored', message, path: [], position }];
  });
}

/** The parser answers faults of the text as `errors`, but runs out of stack on very deep nesting. */
function parseOrFail(yaml: Yaml, origin: string, text: string): Document.Parsed {
  try {
    return parse(yaml, text);
  } catch (error) {
    throw undecodable(origin, `not valid YAML: ${messageOf(error)}`);
  }
}

/** Parses the text once more: places are asked for rarely, and nodes would weigh on memory for good. */
function locatorIn(yaml: Yaml, text: string): (place: Place) => Position {
  const document = parse(yaml, text);
  const positionOf = lineIndex(text);
  return ({ path, offset }) => {
    const node = nodeAt(yaml, document, path);
    const start = (node as Node | null)?.range?.[0] ?? 0;
    return positionOf(start + (offset === undefined ? 0 : offsetInScalar(text, node as Scalar, offset)));
  };
}

/** The node at a path; where it leads nowhere, the nearest one around it. */
function nodeAt(yaml: Yaml, document: Document.Parsed, path: DocumentPath): unknown {
  let node: unknown = document.contents;
  for (const step of path) {
    const target = yaml.isAlias(node) ? node.resolve(document) : node;
    const next = yaml.isMap(target)
      ? target.items.find(({ key }) => yaml.isScalar(key) && keyText(key) === step)
      : undefined;
    if (next !== undefined) node = next.value ?? next.key;
    else if (yaml.isSeq(target) && typeof step === 'number' && target.items[step] !== undefined)
      node = target.items[step];
    else break;
  }
  return node;
}

const keyText = (key: Scalar): unknown => (key.type === 'PLAIN' ? key.source : key.value);

/** How far into the source of a scalar the character at `offset` of its value stands; exact on a scalar's first line. */
function offsetInScalar(text: string, node: Scalar, offset: number): number {
  const start = node.range?.[0] ?? 0;
  if (node.type === 'PLAIN') return offset;
  if (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE') return offsetInQuotes(text, start, offset);
  if (node.type === 'BLOCK_LITERAL') return offsetInBlock(text, node, offset);
  return 0;
}

function offsetInQuotes(text: string, start: number, offset: number): number {
  const quote = text[start];
  let index = start + 1;
  for (let unit = 0; unit < offset; unit++) {
    const isEscape = quote === '"' ? text[index] === '\\' : text.startsWith("''", index);
    index += isEscape ? 2 : 1;
  }
  return index - start;
}

function offsetInBlock(text: string, node: Scalar, offset: number): number {
  const start = node.range?.[0] ?? 0;
  const before = String(node.value).slice(0, offset).split('\n');
  let line = text.indexOf('\n', start) + 1;
  for (let skipped = 1; skipped < before.length; skipped++) line = text.indexOf('\n', line) + 1;
  const indent = /^ */.exec(text.slice(line))?.[0].length ?? 0;
  return line + indent + (before.at(-1)?.length ?? 0) - start;
}
