/** Finds values in the text of a JSON document that is known to be valid. */

const blank = new Set([' ', '\t', '\n', '\r']);

function skipBlank(text: string, from: number): number {
  let index = from;
  while (blank.has(text[index] as string)) index++;
  return index;
}

/** The index behind the string that starts at `from`. */
export function endOfString(text: string, from: number): number {
  let index = from + 1;
  while (text[index] !== '"') index += text[index] === '\\' ? 2 : 1;
  return index + 1;
}

/** The index behind the number, boolean or null that starts at `from`. */
function endOfScalar(text: string, from: number): number {
  let index = from;
  while (index < text.length && !/[,\]}\s]/.test(text[index] as string)) index++;
  return index;
}

/** The index behind the value that starts at `from`. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let index = from;
  do {
    const char = text[index];
    if (char === '{' || char === '[') depth++;
    if (char === '}' || char === ']') depth--;
    if (char === '"') index = endOfString(text, index);
    else if (depth > 0 || char === '}' || char === ']') index++;
    else index = endOfScalar(text, index);
  } while (depth > 0);
  return index;
}

/** A member of an object or list: where its name (if it has one) and its value start. */
interface Member {
  readonly name: string | number;
  readonly start: number;
}

function* members(text: string, from: number): Generator<Member> {
  const isObject = text[from] === '{';
  let index = skipBlank(text, from + 1);
  for (let position = 0; index < text.length && text[index] !== '}' && text[index] !== ']'; position++) {
    let name: string | number = position;
    if (isObject) {
      const end = endOfString(text, index);
      name = JSON.parse(text.slice(index, end)) as string;
      index = skipBlank(text, skipBlank(text, end) + 1);
    }
    yield { name, start: index };
    index = skipBlank(text, endOfValue(text, index));
    if (text[index] === ',') index = skipBlank(text, index + 1);
  }
}

/** Where each member of the document starts, by name; of a name that occurs twice the last counts. */
export function jsonMembers(text: string): Map<string | number, number> {
  const starts = new Map<string | number, number>();
  for (const { name, start } of members(text, skipBlank(text, 0))) starts.set(name, start);
  return starts;
}

/**
 * Where the value at `path` starts; of a name that occurs twice the last counts, as in `JSON.parse`. Where the path
 * leads nowhere, the start of the nearest value around it.
 *
 * @param start where the value begins that the path leads down from; the document's own by default
 */
export function findJsonValue(text: string, path: readonly (string | number)[], start?: number): number {
  let index = start ?? skipBlank(text, 0);
  for (const step of path) {
    if (text[index] !== '{' && text[index] !== '[') return index;
    let found: number | undefined;
    for (const { name, start } of members(text, index)) if (name === step) found = start;
    if (found === undefined) return index;
    index = found;
  }
  return index;
}

/** Where the character at `offset` of a string stands in the text, given where the string starts. */
export function offsetInJsonString(text: string, start: number, offset: number): number {
  if (text[start] !== '"') return start;
  let index = start + 1;
  for (let unit = 0; unit < offset && text[index] !== '"'; unit++) {
    if (text[index] !== '\\') index++;
    else index += text[index + 1] === 'u' ? 6 : 2;
  }
  return index;
}
