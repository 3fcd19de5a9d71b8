/** Cheaper than looking for unpaired ones, and hardly any text has either. */
const ANY_SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The text as it is after a passage through UTF-8: unpaired surrogates become U+FFFD. */
export function wellFormed(text: string): string {
  return ANY_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text;
}

/**
 * A reviver for `JSON.parse` under which escapes cannot bring unpaired surrogates into texts and names: Go's reader
 * makes U+FFFD of them.
 */
export function wellFormedReviver(_name: string, value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), inner]));
}
