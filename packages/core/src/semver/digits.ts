const onlyDigits = /^[0-9]+$/;

export const isDigits = (text: string): boolean => onlyDigits.test(text);

/** Compares two decimal numbers without leading zeros, exactly at any length. */
export function compareDigits(left: string, right: string): number {
  if (left.length !== right.length) return left.length - right.length;
  return left === right ? 0 : left < right ? -1 : 1;
}
