const LONGEST_MESSAGE = 200;

/** What in a message may be a key: the query of an address, a JSON web token, what is called a key or follows it. */
const keys: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\?\S*/g, '?…'],
  [/\beyJ[\w-]+(\.[\w-]+)*|\bsb_\w+/g, '…'],
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 …'],
  [/\b(\w*(?:api[-_ ]?key|token|jwt|secret|password|authorization)["']?\s*[:=]?\s*)(["'])[^"']*\2/gi, '$1$2…$2'],
  [/\b(\w*(?:api[-_ ]?key|token|jwt|secret|password|authorization)["']?\s*[:=]\s*)(?!["'\s…])[^\s"',;]+/gi, '$1…'],
];

/** A message of a client's in one line, short, and without what may be a key. */
export function withoutKeys(message: string): string {
  const hidden = keys.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
  return hidden.replace(/\s+/g, ' ').slice(0, LONGEST_MESSAGE);
}
