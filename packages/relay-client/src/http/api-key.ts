import type { OptionRule } from '@halyard/core';
import { describeValue, HalyardError } from '@halyard/core';

/** The key of a relay: a text, or a function that is asked at first and once more when the relay refuses the key. */
export type ApiKey = string | (() => string | Promise<string>);

/** What can stand in a header and comes out of it unchanged: printable ASCII, no space at either end. */
const FITS_A_HEADER = /^[!-~](?:[ -~]*[!-~])?$/;

const expected = 'a text of printable ASCII characters, or a function that returns one';

/** Why a value is no key, in words that do not show it. */
function faultOf(key: unknown): string | undefined {
  if (key === '') return 'an empty text';
  if (typeof key !== 'string') return describeValue(key);
  return FITS_A_HEADER.test(key) ? undefined : 'a text that cannot stand in a header';
}

/** What the option `apiKey` must be. */
export const anApiKey: OptionRule = {
  expected,
  check(value, path, report) {
    const found = typeof value === 'function' ? undefined : faultOf(value);
    if (found !== undefined) report({ path, found, expected });
  },
};

/**
 * A key that can be sent.
 *
 * @throws HalyardError `CONFIG_INVALID`, without the key
 */
export function checkedKey(key: unknown): string {
  const found = faultOf(key);
  if (found === undefined) return key as string;
  throw new HalyardError('CONFIG_INVALID', `apiKey: found ${found}, expected a text of printable ASCII characters`);
}
