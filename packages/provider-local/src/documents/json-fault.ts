/** What is wrong in a text that is no JSON, and where. */
export interface JsonFault {
  readonly offset: number;
  readonly message: string;
}

const token =
  /[ \t\n\r]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)))/y;

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing more';

const expectations: Readonly<Record<Wanted, string>> = {
  value: 'a value',
  'value or ]': 'a value or "]"',
  key: 'a property name in double quotes',
  'key or }': 'a property name in double quotes or "}"',
  colon: '":"',
  'comma or end': '"," or the end of the object or list',
  'nothing more': 'the end of the text',
};

/** What may follow once a value is complete. */
const afterValue = (open: readonly string[]): Wanted => (open.length === 0 ? 'nothing more' : 'comma or end');

/** @returns what is wanted after the token; undefined if the token is not what was wanted */
function next(wanted: Wanted, mark: string | undefined, isText: boolean, open: string[]): Wanted | undefined {
  const wantsValue = wanted === 'value' || wanted === 'value or ]';
  const wantsKey = wanted === 'key' || wanted === 'key or }';
  if (mark === undefined) {
    if (wantsKey && isText) return 'colon';
    return wantsValue ? afterValue(open) : undefined;
  }
  if (mark === '{' || mark === '[') {
    if (!wantsValue) return undefined;
    open.push(mark);
    return mark === '{' ? 'key or }' : 'value or ]';
  }
  if (mark === ':') return wanted === 'colon' ? 'value' : undefined;
  if (mark === ',') {
    if (wanted !== 'comma or end') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  const closesEmpty = wanted === (mark === '}' ? 'key or }' : 'value or ]');
  const closes = wanted === 'comma or end' && open.at(-1) === (mark === '}' ? '{' : '[');
  if (!closesEmpty && !closes) return undefined;
  open.pop();
  return afterValue(open);
}

/**
 * Finds the first fault of a text that `JSON.parse` refused: its own messages do not always tell the place.
 *
 * @returns undefined if there is none
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: string[] = [];
  let wanted: Wanted = 'value';
  let end = 0;
  for (;;) {
    token.lastIndex = end;
    const match = token.exec(text);
    const offset = end + (/^[ \t\n\r]*/.exec(text.slice(end, end + 10_000))?.[0].length ?? 0);
    const follows: Wanted | undefined =
      match === null ? undefined : next(wanted, match[1], match[2] !== undefined, open);
    if (match === null || follows === undefined) {
      if (wanted === 'nothing more' && offset >= text.length) return undefined;
      const found = offset >= text.length ? 'the end of the text' : JSON.stringify(text.slice(offset, offset + 1));
      return { offset: Math.min(offset, text.length), message: `found ${found}, expected ${expectations[wanted]}` };
    }
    wanted = follows;
    end = token.lastIndex;
  }
}
