const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (value: number): string => String(value).padStart(2, '0');

/** A date as the relay's `Last-Modified` has it: not in GMT, as HTTP wants it (goff-relay-protocol §3.3). */
export function goDateText(ms: number | undefined): string {
  if (ms === undefined) return 'Mon, 01 Jan 0001 00:00:00 UTC';
  const date = new Date(ms);
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${day} ${time} UTC`;
}

/** A date as Go writes it in JSON: no more fraction digits than needed; the year 1 for never. */
export function goJsonDate(ms: number | undefined): string {
  if (ms === undefined) return '0001-01-01T00:00:00Z';
  return new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z');
}
