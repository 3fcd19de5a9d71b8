import type { HalyardErrorCode } from './error-codes.ts';

const brand: unique symbol = Symbol.for('@halyard/error') as never;

interface HalyardErrorOptions {
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error class of all Halyard packages. Told apart by `code`, never by class: two copies of this package in
 * one process do no harm. Evaluation never throws it; constructors and set-up do.
 */
export class HalyardError extends Error {
  override readonly name = 'HalyardError';
  /** What went wrong, from a closed list. */
  readonly code: HalyardErrorCode;
  /** Plain data about it, `{}` by default. Holds no credential and no evaluation context. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: HalyardErrorCode, message: string, options: HalyardErrorOptions = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.details = Object.freeze({ ...options.details });
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Whether `error` is a {@link HalyardError}, of this or another copy of the package. */
export function isHalyardError(error: unknown): error is HalyardError {
  return typeof error === 'object' && error !== null && Object.hasOwn(error, brand);
}

/** The message of anything that was thrown, however odd. */
export function messageOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'unknown cause';
  }
}
