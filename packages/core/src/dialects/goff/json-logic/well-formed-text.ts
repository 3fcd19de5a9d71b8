/** Cheaper than looking for unpaired ones, and hardly any text has either. */
const ANY_SURROGATE = /[\ud800-\udfff]/;
const LONE_SURROGATES = /\p{Surrogate}/gu;

/** The text as it is after a passage through UTF-8: unpaired surrogates become U+FFFD. */
export function wellFormed(text: string): string {
  return ANY_SURROGATE.test(text) ? text.replace(LONE_SURROGATES, '\ufffd') : text;
}
