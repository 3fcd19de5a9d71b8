const loneSurrogateEscape = /\\u[dD][89a-fA-F]/;
const loneSurrogate = /\p{Surrogate}/u;
const everyLoneSurrogate = /\p{Surrogate}/gu;

const wellFormed = (text: string): string =>
  loneSurrogate.test(text) ? text.replace(everyLoneSurrogate, '\ufffd') : text;

/**
 * A `JSON.parse` reviver's work where it is needed at all: unpaired surrogates, which only escapes can bring into a
 * text, become U+FFFD as in Go.
 */
export function parseWellFormedJson(text: string): unknown {
  if (!loneSurrogateEscape.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown) => {
    if (typeof value === 'string') return wellFormed(value);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [wellFormed(name), inner]));
  });
}
