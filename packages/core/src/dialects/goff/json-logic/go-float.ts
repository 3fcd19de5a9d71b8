const DECIMAL = /^[+-]?(?:[\d_]+(?:\.[\d_]*)?|\.[\d_]*)(?:e[+-]?\d[\d_]*)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f_]*)(?:\.([\da-f_]*))?p([+-]?\d[\d_]*)$/i;
const SPECIAL = /^([+-]?)(?:inf|infinity)$|^nan$/i;

const MAX_EXPONENT = 10_000;

/** An underscore stands between two digits, or between `0x` and a digit. */
function underscoresFit(text: string, isHexadecimal: boolean): boolean {
  if (!text.includes('_')) return true;
  const digit = isHexadecimal ? /[\da-fx]_[\da-f]/i : /\d_\d/;
  for (let at = text.indexOf('_'); at !== -1; at = text.indexOf('_', at + 1)) {
    if (at === 0 || !digit.test(text.slice(at - 1, at + 2))) return false;
  }
  return true;
}

/** Go stops reading an exponent that has reached {@link MAX_EXPONENT}, and goes on with what it has. */
function exponentOf(text: string): number {
  let exponent = 0;
  for (const character of text.replace(/^[+-]/, '')) {
    if (character !== '_' && exponent < MAX_EXPONENT) exponent = exponent * 10 + Number(character);
  }
  return text.startsWith('-') ? -exponent : exponent;
}

function decimalValue(text: string): number {
  const plain = text.replaceAll('_', '');
  const e = plain.search(/e/i);
  return e === -1 ? Number(plain) : Number(`${plain.slice(0, e)}e${exponentOf(plain.slice(e + 1))}`);
}

/** Rounds the binary fraction to the nearest double, ties to even; digits beyond 64 bits only break ties. */
function hexadecimalValue(match: RegExpExecArray): number | undefined {
  const [sign, whole, fraction] = [match[1], match[2] ?? '', match[3] ?? ''].map((part) => part?.replaceAll('_', ''));
  const digits = `${whole}${fraction}`;
  if (digits === '') return undefined;
  const significant = digits.replace(/^0+/, '');
  const kept = significant.slice(0, 16);
  const dropped = significant.slice(16);
  const exponent = exponentOf(match[4] ?? '') - 4 * (fraction ?? '').length + 4 * dropped.length;
  const mantissa = kept === '' ? 0n : BigInt(`0x${kept}`) * 2n + (/[^0]/.test(dropped) ? 1n : 0n);
  const value = scaled(mantissa, exponent - 1);
  return sign === '-' ? -value : value;
}

/** mantissa × 2^exponent, rounded once. */
function scaled(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const length = mantissa.toString(2).length;
  if (length + exponent > 1025) return Infinity;
  if (length + exponent < -1080) return 0;
  const lastBit = Math.max(length + exponent - 53, -1074);
  if (lastBit <= exponent) return Number(mantissa) * 2 ** exponent;
  const shift = BigInt(lastBit - exponent);
  const half = 1n << (shift - 1n);
  const rest = mantissa & ((1n << shift) - 1n);
  let rounded = mantissa >> shift;
  if (rest > half || (rest === half && (rounded & 1n) === 1n)) rounded += 1n;
  return Number(rounded) * 2 ** lastBit;
}

function specialValue(text: string): number | undefined {
  const match = SPECIAL.exec(text);
  if (match === null) return undefined;
  if (match[1] === undefined) return NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}

/**
 * Reads a number in Go's syntax for floating-point text (goff-evaluation §11.3): underscores between digits,
 * hexadecimal with a binary exponent, `inf`, `nan`. Numbers out of range are infinite; undefined for anything else.
 */
export function parseGoFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    if (!/\d/.test(text) || !underscoresFit(text, false)) return undefined;
    const value = decimalValue(text);
    return Number.isNaN(value) ? undefined : value;
  }
  const hexadecimal = HEXADECIMAL.exec(text);
  if (hexadecimal !== null) return underscoresFit(text, true) ? hexadecimalValue(hexadecimal) : undefined;
  return specialValue(text);
}

/** Whether text that {@link parseGoFloat} reads as infinite says so, rather than being a number out of range. */
export function saysInfinite(text: string): boolean {
  return SPECIAL.test(text);
}
