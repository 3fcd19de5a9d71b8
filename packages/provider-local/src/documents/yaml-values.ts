import type { DocumentPath, ScalarMeaning } from '@halyard/core';
import type { Alias, Document, Node, Pair, Scalar, YAMLMap } from 'yaml';
import { decodingLimits } from './decoded-document.ts';
import { plainScalar, switchScalar, textScalar, timestampText } from './yaml-scalar.ts';

const TEXT_TAG = 'tag:yaml.org,2002:str';

/** The functions of the `yaml` package that tell its nodes apart. */
export type YamlKinds = Pick<typeof import('yaml'), 'isAlias' | 'isMap' | 'isScalar' | 'isSeq'>;

/** Something in a YAML document that is refused, and where it stands. */
export class YamlFault extends Error {
  readonly offset: number;
  constructor(message: string, node: unknown) {
    super(message);
    this.offset = (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
  }
}

/** Turns the nodes of a YAML document into values, scalar by scalar, as GO Feature Flag reads them. */
export class YamlValues {
  readonly #document: Document;
  readonly #kinds: YamlKinds;
  readonly #meaningOf: (path: DocumentPath) => ScalarMeaning;
  readonly #openAliases = new Set<Node>();
  #aliasedValues = 0;

  /** @param meaningOf what a scalar is meant as, by its path in the document */
  constructor(document: Document, kinds: YamlKinds, meaningOf: (path: DocumentPath) => ScalarMeaning) {
    this.#document = document;
    this.#kinds = kinds;
    this.#meaningOf = meaningOf;
  }

  /** @throws YamlFault for duplicate keys, keys that are no scalars, circles, and documents over the limits */
  valueOf(node: unknown, path: DocumentPath): unknown {
    if (this.#openAliases.size > 0 && ++this.#aliasedValues > decodingLimits.aliasedValues) {
      throw new YamlFault('too many values once aliases are replaced by what they stand for', node);
    }
    if (path.length > decodingLimits.depth) throw new YamlFault('nested too deeply', node);
    const { isAlias, isMap, isScalar, isSeq } = this.#kinds;
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return this.#aliased(node, (target) => this.valueOf(target, path));
    if (isScalar(node)) return this.#scalar(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.valueOf(item, [...path, index]));
    if (isMap(node)) return this.#mapping(node, path);
    throw new YamlFault('unexpected content', node);
  }

  #aliased<T>(alias: Alias, read: (target: Node) => T): T {
    const target = alias.resolve(this.#document);
    if (target === undefined) throw new YamlFault(`nothing is called ${alias.source}`, alias);
    if (this.#openAliases.has(target)) throw new YamlFault(`${alias.source} contains itself`, alias);
    this.#openAliases.add(target);
    const value = read(target);
    this.#openAliases.delete(target);
    return value;
  }

  #scalar(node: Scalar, path: DocumentPath): unknown {
    const source = sourceOf(node);
    const meaning = this.#meaningOf(path);
    if (meaning === 'switch') return switchScalar(source) ?? (isByLooks(node) ? plainScalar(source) : source);
    if (!isByLooks(node)) return source;
    if (meaning === 'date') return timestampText(source) ?? textScalar(source);
    return meaning === 'text' ? textScalar(source) : plainScalar(source);
  }

  #mapping(node: YAMLMap, path: DocumentPath): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    const merged: unknown[] = [];
    for (const pair of node.items) {
      const key = this.#key(pair);
      if (key === '<<' && (pair.key as Scalar).type === 'PLAIN') merged.push(pair.value);
      else if (entries.has(key)) throw new YamlFault(`the key ${JSON.stringify(key)} is there twice`, pair.key);
      else entries.set(key, this.valueOf(pair.value, [...path, key]));
    }
    for (const value of merged) this.#mergeInto(entries, value, path);
    return Object.fromEntries(entries);
  }

  #key({ key }: Pair): string {
    if (this.#kinds.isAlias(key)) return this.#aliased(key, (target) => this.#key({ key: target } as Pair));
    if (!this.#kinds.isScalar(key)) throw new YamlFault('a key must be a plain text', key);
    return sourceOf(key);
  }

  /** A merge key: what the mapping itself says wins, of several mappings the first. */
  #mergeInto(entries: Map<string, unknown>, value: unknown, path: DocumentPath): void {
    if (this.#kinds.isSeq(value)) return value.items.forEach((item) => this.#mergeInto(entries, item, path));
    const mapping = this.valueOf(value, path);
    if (typeof mapping !== 'object' || mapping === null || Array.isArray(mapping)) {
      throw new YamlFault('a merge key needs a mapping', value);
    }
    for (const [key, inner] of Object.entries(mapping)) if (!entries.has(key)) entries.set(key, inner);
  }
}

/** Whether a scalar's looks decide what it is: it is plain or has a tag, but not the one for texts. */
function isByLooks({ type, tag }: Scalar): boolean {
  return tag === undefined ? type === 'PLAIN' : tag.startsWith('tag:yaml.org,2002:') && tag !== TEXT_TAG;
}

/** The text of a scalar: as written if it is plain, decoded if it is quoted or a block. */
function sourceOf(node: Scalar): string {
  return node.type === 'PLAIN' ? (node.source ?? '') : String(node.value);
}
