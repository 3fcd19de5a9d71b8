import type { HalyardError, HalyardErrorCode } from '@halyard/core';

type Origin = 'checks' | 'streams';

/** Tells of failures when they begin, not each time they show. */
export class FailureTeller {
  readonly #tell: (error: HalyardError) => void;
  readonly #told = new Map<Origin, HalyardErrorCode>();

  constructor(tell: (error: HalyardError) => void) {
    this.#tell = tell;
  }

  failed(origin: Origin, error: HalyardError): void {
    const isNew = ![...this.#told.values()].includes(error.code);
    this.#told.set(origin, error.code);
    if (isNew) this.#tell(error);
  }

  recovered(origin: Origin): void {
    this.#told.delete(origin);
  }
}
