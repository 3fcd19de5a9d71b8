/** A point in time: whole Unix seconds, rounded down, and the nanoseconds (0 to 999999999) after them. */
export interface Instant {
  readonly seconds: number;
  readonly nanos: number;
}

/** Negative when `left` is earlier, 0 when both are the same, positive when it is later. */
export function compareInstants(left: Instant, right: Instant): number {
  return left.seconds - right.seconds || left.nanos - right.nanos;
}

/** The instant of a JavaScript time value; fractions of a millisecond are cut. */
export function instantOfMillis(ms: number): Instant {
  const whole = Math.floor(ms);
  const seconds = Math.floor(whole / 1000);
  return { seconds, nanos: (whole - seconds * 1000) * 1_000_000 };
}
