import type { JsonFault } from './json-fault.ts';
import { invalidByte } from './json-fault.ts';
import type { ScalarScan } from './scan-scalar.ts';
import { scanNumber, scanString, scanWord } from './scan-scalar.ts';

/** Objects and lists inside each other that Go's reader takes. */
const DEEPEST = 10_000;

/** Is told of every value of a text, in order. */
export interface JsonVisitor {
  /** A name in front of the value that follows. */
  name(start: number, end: number): void;
  scalar(kind: 'string' | 'number' | 'bool' | 'null', start: number, end: number): void;
  opened(kind: 'object' | 'array', start: number): void;
  closed(end: number): void;
}

type Wanted = 'value' | 'value or ]' | 'name or }' | 'name' | 'colon' | 'comma or end';

const where: Readonly<Record<Wanted, string>> = {
  value: 'looking for beginning of value',
  'value or ]': 'looking for beginning of value',
  'name or }': 'looking for beginning of object key string',
  name: 'looking for beginning of object key string',
  colon: 'after object key',
  'comma or end': '',
};

/**
 * Reads the first JSON value of a body, as Go's decoder does: what follows it is nobody's business.
 *
 * @returns where the value ends, or what is wrong
 */
export function scanJson(bytes: Uint8Array, visitor?: JsonVisitor): number | JsonFault {
  return new JsonScan(bytes, visitor).run();
}

class JsonScan {
  readonly #bytes: Uint8Array;
  readonly #visitor: JsonVisitor | undefined;
  /** The opening bytes of what is open. */
  readonly #open: number[] = [];
  #wanted: Wanted = 'value';
  #index = 0;

  constructor(bytes: Uint8Array, visitor: JsonVisitor | undefined) {
    this.#bytes = bytes;
    this.#visitor = visitor;
  }

  run(): number | JsonFault {
    for (;;) {
      const byte = this.#nextByte();
      if (byte === undefined) {
        const isEmpty = this.#wanted === 'value' && this.#open.length === 0;
        return { kind: 'end', message: isEmpty ? 'EOF' : 'unexpected EOF' };
      }
      const fault = this.#step(byte);
      if (fault !== undefined) return fault;
      if (this.#open.length === 0 && this.#wanted === 'comma or end') return this.#index;
    }
  }

  #nextByte(): number | undefined {
    let byte = this.#bytes[this.#index];
    while (byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) byte = this.#bytes[++this.#index];
    return byte;
  }

  #step(byte: number): JsonFault | undefined {
    switch (this.#wanted) {
      case 'value or ]':
        return byte === 0x5d ? this.#close() : this.#value(byte);
      case 'value':
        return this.#value(byte);
      case 'name or }':
        return byte === 0x7d ? this.#close() : this.#name(byte);
      case 'name':
        return this.#name(byte);
      case 'colon':
        return byte === 0x3a ? this.#advance('value') : this.#refused(byte, where.colon);
      case 'comma or end':
        return this.#afterValue(byte);
    }
  }

  #value(byte: number): JsonFault | undefined {
    const start = this.#index;
    if (byte === 0x7b || byte === 0x5b) return this.#descend(byte);
    if (byte === 0x22) return this.#scalar('string', scanString(this.#bytes, start));
    if (byte === 0x74) return this.#scalar('bool', scanWord(this.#bytes, start, 'true'));
    if (byte === 0x66) return this.#scalar('bool', scanWord(this.#bytes, start, 'false'));
    if (byte === 0x6e) return this.#scalar('null', scanWord(this.#bytes, start, 'null'));
    const isNumber = byte === 0x2d || (byte >= 0x30 && byte <= 0x39);
    return isNumber ? this.#scalar('number', scanNumber(this.#bytes, start)) : this.#refused(byte, where[this.#wanted]);
  }

  #scalar(kind: 'string' | 'number' | 'bool' | 'null', end: ScalarScan): JsonFault | undefined {
    if (typeof end !== 'number') return end;
    this.#visitor?.scalar(kind, this.#index, end);
    this.#index = end;
    this.#wanted = 'comma or end';
    return undefined;
  }

  #name(byte: number): JsonFault | undefined {
    if (byte !== 0x22) return this.#refused(byte, where.name);
    const end = scanString(this.#bytes, this.#index);
    if (typeof end !== 'number') return end;
    this.#visitor?.name(this.#index, end);
    this.#index = end;
    this.#wanted = 'colon';
    return undefined;
  }

  #descend(byte: number): JsonFault | undefined {
    if (this.#open.length >= DEEPEST) return this.#refused(byte, 'exceeded max depth');
    this.#open.push(byte);
    this.#visitor?.opened(byte === 0x7b ? 'object' : 'array', this.#index);
    return this.#advance(byte === 0x7b ? 'name or }' : 'value or ]');
  }

  #afterValue(byte: number): JsonFault | undefined {
    const inObject = this.#open.at(-1) === 0x7b;
    if (byte === (inObject ? 0x7d : 0x5d)) return this.#close();
    if (byte === 0x2c) return this.#advance(inObject ? 'name' : 'value');
    return this.#refused(byte, inObject ? 'after object key:value pair' : 'after array element');
  }

  #close(): undefined {
    this.#open.pop();
    this.#visitor?.closed(this.#index + 1);
    return this.#advance('comma or end');
  }

  #advance(wanted: Wanted): undefined {
    this.#index++;
    this.#wanted = wanted;
  }

  #refused(byte: number, where: string): JsonFault {
    return invalidByte(byte, this.#index, where);
  }
}
