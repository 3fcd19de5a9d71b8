import type { HalyardError } from '@halyard/core';
import type { LayerStatus, Source } from '../sources/source.ts';

/** The name of the layer whose flags are in force; undefined for a source that has no layers. */
export function layerInForce({ layering }: Source): string | undefined {
  return layering?.status().find(({ state }) => state === 'inForce')?.source;
}

/** Why the layer that counts most is not in force, as far as that is known. */
export function failureAbove({ layering }: Source): HalyardError | undefined {
  const failed = layering?.status().find((layer): layer is LayerStatus & { state: 'failed' } => {
    return layer.state === 'failed';
  });
  return failed?.error;
}
