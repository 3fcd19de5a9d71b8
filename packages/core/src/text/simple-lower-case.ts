import { wellFormed } from './well-formed-text.ts';

// U+0130 expands to two code points and U+03A3 depends on its neighbours; every other letter maps alone.
const mapsByContext = /[\u0130\u03a3]/;
const onePoint = /[\u0130\u03a3]/g;

/**
 * Lower case by simple mapping, one code point at a time, as Go's `strings.ToLower` does it: no final sigma, no
 * expansion. Unpaired surrogates become U+FFFD. The length in UTF-16 units never changes.
 */
export function simpleLowerCase(text: string): string {
  const mapped = mapsByContext.test(text)
    ? text.replace(onePoint, (letter) => (letter === '\u0130' ? 'i' : '\u03c3')).toLowerCase()
    : text.toLowerCase();
  return wellFormed(mapped);
}
