import type { HalyardError } from '@halyard/core';
import type { Layer } from './layer.ts';

/** Says which layers fail: each kind of trouble once, until the layer's flags are in force again. */
export class LayerTroubles {
  readonly #warn: (message: string) => void;
  readonly #told = new Map<Layer, Set<HalyardError['code']>>();

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /**
   * In one line, why flags of a layer are in force that does not count most.
   *
   * @param above the layers that count more
   */
  standIn(layer: Layer, above: readonly Layer[]): void {
    const reasons = above.map((other) => {
      const { status, name } = other;
      if (status.state !== 'failed') return `${name} has not answered yet`;
      this.#isNews(other, status.error);
      return status.error.message;
    });
    if (reasons.length > 0) this.#warn(`${reasons.join('; ')}; flags come from ${layer.name}`);
  }

  /** A layer that counts more than the one in force still cannot take over. */
  stillFails(layer: Layer, error: HalyardError): void {
    if (this.#isNews(layer, error)) this.#warn(`${error.message}; the flags in force stay`);
  }

  over(layer: Layer): void {
    this.#told.delete(layer);
  }

  #isNews(layer: Layer, { code }: HalyardError): boolean {
    const told = this.#told.get(layer) ?? new Set();
    this.#told.set(layer, told);
    return told.size !== told.add(code).size;
  }
}
