/** One thing wrong with the options a user gave. */
export interface OptionFault {
  /** Where, as in `collect.flushIntervalMs`; empty for the options as a whole. */
  readonly path: string;
  /** What was there, short, never a secret's text. */
  readonly found: string;
  /** What would have been right. */
  readonly expected: string;
}

/** Checks one value. Reports what is wrong with it; nothing reported means it is right. */
export interface OptionRule {
  /** What is right, in words that fit behind "expected". */
  readonly expected: string;
  /** Whether an options object must have it; most options have a default. */
  readonly isRequired?: boolean;
  check(value: unknown, path: string, report: (fault: OptionFault) => void): void;
}
