import type { Logger } from '../ports/logger.ts';

type Listener<E> = (event: E) => unknown;

/** Listeners of one kind of event. One that throws harms neither the others nor the one who announces. */
export class Listeners<E> {
  readonly #listeners = new Set<{ readonly notify: Listener<E> }>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** @returns takes the listener off again */
  add(notify: Listener<E>): () => void {
    const listener = { notify };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  announce(event: E): void {
    for (const listener of [...this.#listeners]) {
      try {
        const result: unknown = listener.notify(event);
        if (result instanceof Promise) result.catch((error: unknown) => this.#failed(error));
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  #failed(error: unknown): void {
    this.#logger.error('a listener failed', error);
  }
}
