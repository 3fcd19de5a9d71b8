/** Below 10^308 every number is a double. */
const MOST_DIGITS = 308;
/** A decoder is faster than one character after the other from here on, and slower below. */
const LONG_BYTES = 256;

const ascii = new TextDecoder('ascii');

/** A number of a JSON text, if doubles cannot hold it: as it is written. Undefined for all others. */
export function overflowingNumber(bytes: Uint8Array, start: number, end: number): string | undefined {
  // hardly any number gets any further, so a long list of them costs no text for each
  if (mostDigits(bytes, start, end) <= MOST_DIGITS) return undefined;
  const text = textOf(bytes.subarray(start, end));
  return Number.isFinite(Number(text)) ? undefined : text;
}

/** At least as many digits as the whole part of the number has when it is written without an exponent. */
function mostDigits(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  while (index < end && isDigitOrMinus(bytes[index] as number)) index++;
  const digits = index - start;
  while (index < end && ((bytes[index] as number) | 0x20) !== 0x65) index++;
  return digits + exponentAt(bytes, index + 1, end);
}

const isDigitOrMinus = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || byte === 0x2d;

/** The exponent; 0 where there is none, and where it makes the number small. */
function exponentAt(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[start] === 0x2d) return 0;
  let exponent = 0;
  for (let index = bytes[start] === 0x2b ? start + 1 : start; index < end; index++) {
    exponent = exponent * 10 + ((bytes[index] as number) - 0x30);
  }
  return exponent;
}

function textOf(bytes: Uint8Array): string {
  if (bytes.length > LONG_BYTES) return ascii.decode(bytes);
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
