/** Seeded choices (mulberry32), so that a difference can be found again. */
export class Choices {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 (included) to 1 (excluded). */
  fraction() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(count) {
    return Math.floor(this.fraction() * count);
  }

  chance(probability) {
    return this.fraction() < probability;
  }

  of(list) {
    return list[this.below(list.length)];
  }

  /** The value, or undefined: a property that may be missing. */
  maybe(probability, make) {
    return this.chance(probability) ? make() : undefined;
  }

  list(least, most, make) {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, index) => make(index));
  }
}
