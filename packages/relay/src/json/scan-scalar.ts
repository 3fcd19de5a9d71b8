import type { JsonFault } from './json-fault.ts';
import { invalidByte } from './json-fault.ts';

/** Where a scalar ends (behind its last byte), or what is wrong with it. */
export type ScalarScan = number | JsonFault;

const cutShort: JsonFault = { kind: 'end', message: 'unexpected EOF' };
const ESCAPED = new Set([...String.raw`bfnrt\/"`].map((letter) => letter.charCodeAt(0)));

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function isHexDigit(byte: number): boolean {
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function refused(bytes: Uint8Array, index: number, where: string): JsonFault {
  const byte = bytes[index];
  return byte === undefined ? cutShort : invalidByte(byte, index, where);
}

/** @param start of the opening quote */
export function scanString(bytes: Uint8Array, start: number): ScalarScan {
  let index = start + 1;
  for (;;) {
    const byte = bytes[index];
    if (byte === 0x22) return index + 1;
    if (byte === undefined || byte < 0x20) return refused(bytes, index, 'in string literal');
    if (byte !== 0x5c) index++;
    else {
      const end = scanEscape(bytes, index + 1);
      if (typeof end !== 'number') return end;
      index = end;
    }
  }
}

function scanEscape(bytes: Uint8Array, start: number): ScalarScan {
  const letter = bytes[start];
  if (letter !== undefined && ESCAPED.has(letter)) return start + 1;
  if (letter !== 0x75) return refused(bytes, start, 'in string escape code');
  for (let index = start + 1; index <= start + 4; index++) {
    const byte = bytes[index];
    if (byte === undefined || !isHexDigit(byte)) {
      return refused(bytes, index, String.raw`in \u hexadecimal character escape`);
    }
  }
  return start + 5;
}

function behindDigits(bytes: Uint8Array, start: number): number {
  let index = start;
  while (isDigit(bytes[index])) index++;
  return index;
}

/** @param start of the minus sign or first digit */
export function scanNumber(bytes: Uint8Array, start: number): ScalarScan {
  let index = bytes[start] === 0x2d ? start + 1 : start;
  if (!isDigit(bytes[index])) return refused(bytes, index, 'in numeric literal');
  index = bytes[index] === 0x30 ? index + 1 : behindDigits(bytes, index);
  if (bytes[index] === 0x2e) {
    index++;
    if (!isDigit(bytes[index])) return refused(bytes, index, 'after decimal point in numeric literal');
    index = behindDigits(bytes, index);
  }
  if (((bytes[index] ?? 0) | 0x20) === 0x65) {
    index++;
    if (bytes[index] === 0x2b || bytes[index] === 0x2d) index++;
    if (!isDigit(bytes[index])) return refused(bytes, index, 'in exponent of numeric literal');
    index = behindDigits(bytes, index);
  }
  return index;
}

/** @param word `true`, `false` or `null`, whose first letter stands at `start` */
export function scanWord(bytes: Uint8Array, start: number, word: string): ScalarScan {
  for (let offset = 1; offset < word.length; offset++) {
    const where = `in literal ${word} (expecting '${word[offset]}')`;
    if (bytes[start + offset] !== word.charCodeAt(offset)) return refused(bytes, start + offset, where);
  }
  return start + word.length;
}
