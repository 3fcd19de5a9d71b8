const plainInteger = /^-?[0-9]+$/;
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;
/** Digits that a 64-bit integer has at most; it spares longer texts the conversion. */
const mostDigits = 19;

/** Whether `text` is the plain decimal notation of a 64-bit integer. */
export function isInteger64(text: string): boolean {
  if (!plainInteger.test(text) || text.length > mostDigits + 1) return false;
  const value = BigInt(text);
  return value >= smallest && value <= largest;
}
