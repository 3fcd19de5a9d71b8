import type { Instant } from './instant.ts';

/** An instant as RFC 3339 text in UTC, with as many fraction digits as it needs. */
export function isoTextOf({ seconds, nanos }: Instant): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, -5);
  const fraction = nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
  return `${text}${fraction}Z`;
}
