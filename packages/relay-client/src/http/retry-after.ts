/** However long a relay wants to be left alone: not longer than this. */
const LONGEST_MS = 3_600_000;

/**
 * How long to wait, by the header `Retry-After`, in milliseconds: seconds or a date, from 0 to an hour.
 *
 * @param now wall-clock time, in milliseconds since 1970
 * @returns undefined if there is no such header, or it is neither
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const isNumber = /^[+-]?\d+(\.\d+)?$/.test(text);
  // a date has the name of a month; Date.parse would find dates in much else
  const delay = isNumber ? Number(text) * 1_000 : /[a-z]{3}/i.test(text) ? Date.parse(text) - now : NaN;
  return Number.isNaN(delay) ? undefined : Math.min(Math.max(Math.ceil(delay), 0), LONGEST_MS);
}
