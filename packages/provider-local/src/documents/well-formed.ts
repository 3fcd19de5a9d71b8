import { wellFormedReviver } from '@halyard/core';

const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** `JSON.parse`, with unpaired surrogates as U+FFFD where the text has escapes that could bring any. */
export function parseWellFormedJson(text: string): unknown {
  return surrogateEscape.test(text) ? JSON.parse(text, wellFormedReviver) : JSON.parse(text);
}
