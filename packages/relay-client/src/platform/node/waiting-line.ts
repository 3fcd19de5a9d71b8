/** First in, first out; who waits in it may leave at any time. Each step takes the same time, however long it is. */
export class WaitingLine<T> {
  readonly #waiting = new Set<T>();
  /** Goes on where it was: a new one would pass all places that were left since the set was last put in order. */
  #order = this.#waiting.values();

  get size(): number {
    return this.#waiting.size;
  }

  join(who: T): void {
    this.#waiting.add(who);
  }

  leave(who: T): void {
    this.#waiting.delete(who);
  }

  /** Who has waited longest, who leaves with that; undefined if nobody waits. */
  first(): T | undefined {
    const next = this.#order.next();
    if (next.done !== true) this.#waiting.delete(next.value);
    // at its end it would stay there, whoever comes
    else this.#order = this.#waiting.values();
    return next.value;
  }
}
