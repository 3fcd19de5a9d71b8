const plainInteger = /^-?[0-9]{1,19}$/;
/** Texts up to this length, sign included, need no closer look. */
const alwaysFits = 18;
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** Whether `text` is the plain decimal notation of a 64-bit integer. */
export function isInteger64(text: string): boolean {
  if (!plainInteger.test(text)) return false;
  if (text.length <= alwaysFits) return true;
  const value = BigInt(text);
  return value >= smallest && value <= largest;
}

/** Texts up to this length, sign included, are below 2^53. */
const alwaysExact = 15;

/** The integer that `text` stands for: a number, or a BigInt where no double is that integer. */
export function exactInteger(text: string): number | bigint {
  const rounded = Number(text);
  if (text.length <= alwaysExact) return rounded;
  const exact = BigInt(text);
  return BigInt(rounded) === exact ? rounded : exact;
}
