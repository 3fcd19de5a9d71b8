import type { StreamListener, Subscribe } from '../ports/http-exchange.ts';

/** Those who listen to one stream of changes. */
export class Audience {
  readonly #listeners = new Set<StreamListener>();

  readonly subscribe: Subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  tell(text: string): void {
    for (const listener of [...this.#listeners]) listener.changed(text);
  }
}
