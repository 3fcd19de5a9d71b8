const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
/** Every escape, so that none is looked for behind an escaped backslash; unpaired ones are captured. */
const ESCAPES = /\\(?:u[dD][89abAB][\dA-Fa-f]{2}\\u[dD][c-fC-F][\dA-Fa-f]{2}|(u[dD][89a-fA-F][\dA-Fa-f]{2})|[^])/g;

/**
 * `JSON.parse`, with unpaired surrogates as U+FFFD: Go's reader makes that of them. The text is mended, not the value,
 * whose depth its sender decides.
 */
export function parseWellFormedJson(text: string): unknown {
  return JSON.parse(SURROGATE_ESCAPE.test(text) ? text.replace(ESCAPES, mended) : text);
}

function mended(escape: string, unpaired: string | undefined): string {
  return unpaired === undefined ? escape : String.raw`\ufffd`;
}
