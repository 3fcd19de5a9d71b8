// The requests that are sent to both relays, set-up by set-up.
import type { Exchange } from './exchange.ts';
import { bodyExchanges } from './exchanges/bodies.ts';
import { collectorExchanges } from './exchanges/collector.ts';
import { keyExchanges, flagSetExchanges } from './exchanges/access.ts';
import { evaluationExchanges } from './exchanges/evaluations.ts';
import { pathExchanges } from './exchanges/paths.ts';
import type { SetUp } from './set-ups.ts';

/** All requests of a set-up, in the order in which they are to be sent. */
export function exchangesOf(setUp: SetUp): readonly Exchange[] {
  switch (setUp) {
    case 'open':
      return [...evaluationExchanges, ...pathExchanges, ...bodyExchanges, ...collectorExchanges];
    case 'keys':
      return keyExchanges;
    case 'flagSets':
      return flagSetExchanges;
  }
}
