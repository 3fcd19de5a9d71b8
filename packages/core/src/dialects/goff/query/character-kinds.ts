export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

export const isLetter = (unit: number): boolean => (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);

export const isHexDigit = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x41 && unit <= 0x46) || (unit >= 0x61 && unit <= 0x66);

/** What an attribute name may hold behind its first letter: letters, digits, `-`, `_`, `:`. */
export const isNameUnit = (unit: number): boolean =>
  isLetter(unit) || isDigit(unit) || unit === 0x2d || unit === 0x5f || unit === 0x3a;

/** @returns the index behind the code point at `at`, the end of the text at its end */
export function codePointEnd(text: string, at: number): number {
  const point = text.codePointAt(at);
  return point === undefined ? at : at + (point > 0xffff ? 2 : 1);
}

/** @returns the index behind the units that start at `from` and are all `accepted` */
export function runEnd(text: string, from: number, accepted: (unit: number) => boolean): number {
  let at = from;
  while (at < text.length && accepted(text.charCodeAt(at))) at++;
  return at;
}
