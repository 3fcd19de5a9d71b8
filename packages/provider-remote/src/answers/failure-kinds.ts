// What a failed exchange says, and about whom.
import type { HalyardError } from '@halyard/core';

/** Statuses below 500 that say something about the relay, and not about what it was asked. */
const ABOUT_THE_RELAY: readonly unknown[] = [401, 403, 404, 407, 408, 429];

/** Whether somebody was there, whatever was said. */
export function isAnswer({ code, details }: HalyardError): boolean {
  return details['status'] !== undefined || (code !== 'TIMED_OUT' && code !== 'NETWORK_FAILED');
}

/** Whether an exchange failed through what was asked, or because it was ended from here. */
export function isAboutTheQuestion({ code, details: { status } }: HalyardError): boolean {
  if (code === 'CONTEXT_INVALID' || code === 'CLOSED') return true;
  const isRefusal = typeof status === 'number' && status >= 400 && status < 500;
  return isRefusal && code === 'RESPONSE_INVALID' && !ABOUT_THE_RELAY.includes(status);
}
