import { compareCodePoints, wellFormed } from '@halyard/core';

type Member = readonly [name: string, value: unknown];

/** An object whose properties are written in the order given, as Go writes structs; plain objects are sorted. */
export class Fields {
  readonly members: readonly Member[];
  #text: string | undefined;

  constructor(members: readonly Member[]) {
    this.members = members;
  }

  /** The value of a property, undefined if there is none. */
  get(name: string): unknown {
    return this.members.find(([own]) => own === name)?.[1];
  }

  /** Written without white space. Kept: definitions are asked for again and again. */
  get text(): string {
    return (this.#text ??= new JsonWriter('compact').written(this.members, '{}'));
  }
}

/** Fields in the order of the object's properties, without those that are undefined. */
export function fields<T extends object>(properties: { readonly [K in keyof T]: T[K] | undefined }): Fields {
  return new Fields(Object.entries(properties).filter(([, value]) => value !== undefined));
}

const INDENT = '  ';
const ESCAPED_BY_GO = /[<>&\u2028\u2029]/g;

/**
 * Writes a value as Go's encoder does (goff-relay-protocol §1.1): the keys of plain objects sorted by byte order,
 * `<`, `>`, `&`, U+2028 and U+2029 escaped. However deep it is.
 *
 * @param layout `'pretty'` indents by two spaces
 */
export function writeJson(value: unknown, layout: Layout = 'compact'): string {
  return new JsonWriter(layout).written([['', value]], '');
}

type Layout = 'compact' | 'pretty';

/** An object or list that has been begun. */
interface Open {
  readonly members: readonly Member[];
  readonly hasNames: boolean;
  readonly end: string;
  next: number;
}

/** Writes without recursion: how deep a value is, its sender decides. */
class JsonWriter {
  readonly #isPretty: boolean;
  readonly #open: Open[] = [];
  #text = '';

  constructor(layout: Layout) {
    this.#isPretty = layout === 'pretty';
  }

  /** @param brackets around the members; none for the one value at the top */
  written(members: readonly Member[], brackets: '{}' | ''): string {
    if (brackets === '') this.#begin(members[0]?.[1]);
    else this.#descend(members, brackets);
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) this.#step(top);
    return this.#text;
  }

  #step(top: Open): void {
    const member = top.members[top.next];
    if (member === undefined) {
      this.#open.pop();
      this.#text += this.#line() + top.end;
      return;
    }
    this.#text += (top.next === 0 ? '' : ',') + this.#line();
    if (top.hasNames) this.#text += writeText(member[0]) + (this.#isPretty ? ': ' : ':');
    top.next++;
    this.#begin(member[1]);
  }

  #begin(value: unknown): void {
    if (typeof value !== 'object' || value === null) this.#text += writeScalar(value);
    else if (Array.isArray(value)) {
      const items = value.map((item: unknown): Member => ['', item]);
      this.#descend(items, '[]');
    } else if (value instanceof Fields) {
      if (this.#isPretty) this.#descend(value.members, '{}');
      else this.#text += value.text;
    } else {
      const sorted = Object.entries(value).sort(([left], [right]) => compareCodePoints(left, right));
      this.#descend(sorted, '{}');
    }
  }

  #descend(members: readonly Member[], brackets: '{}' | '[]'): void {
    if (members.length === 0) this.#text += brackets;
    else {
      this.#text += brackets[0];
      this.#open.push({ members, hasNames: brackets === '{}', end: brackets[1] as string, next: 0 });
    }
  }

  #line(): string {
    return this.#isPretty ? `\n${INDENT.repeat(this.#open.length)}` : '';
  }
}

function writeScalar(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return writeText(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
      return String(value);
    default:
      return 'null';
  }
}

function writeText(text: string): string {
  return JSON.stringify(wellFormed(text)).replace(
    ESCAPED_BY_GO,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
