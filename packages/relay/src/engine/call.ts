import type { Clock } from '@halyard/core';
import type { KeyUse } from '../access/key-ring.ts';
import type { Reply } from '../answers/reply.ts';
import { refusal } from '../answers/reply.ts';
import type { RelayRequest } from '../ports/http-exchange.ts';
import type { Audience } from './audience.ts';
import type { FlagSupply } from './flag-supply.ts';
import type { Metrics } from './metrics.ts';
import type { ServedFlags } from './served-flags.ts';

/** What endpoints work with. */
export interface RelayState {
  readonly supplies: readonly FlagSupply[];
  /** Whether keys choose between supplies; otherwise the first serves everybody. */
  readonly hasFlagSets: boolean;
  readonly metrics: Metrics;
  /** Those who follow all changes. */
  readonly audience: Audience;
  readonly clock: Clock;
}

/** One request that passed the guard of its area. */
export interface Call {
  readonly request: RelayRequest;
  /** As the path has it; `''` where the path has none. */
  readonly flagKey: string;
  /** Whose key it was; undefined where none was asked for. */
  readonly caller: KeyUse | undefined;
  readonly state: RelayState;
}

/** Answers a call. May throw; that is answered as a failure of the relay. */
export type Endpoint = (call: Call) => Reply | Promise<Reply>;

/** The flags behind a call. */
interface Supplied {
  readonly supply: FlagSupply;
  readonly flags: ServedFlags;
}

/** The flags that a caller's key stands for, or the refusal: a key may open the door and belong to no flag set. */
export function suppliedTo({ caller, state }: Call): Supplied | { readonly refused: Reply } {
  const { supplies, hasFlagSets } = state;
  const supply = hasFlagSets ? supplies.find(({ name }) => name === caller?.flagSet) : supplies[0];
  const flags = supply?.flags;
  if (supply !== undefined && flags !== undefined) return { supply, flags };
  return { refused: refusal(400, 'error while getting flagset: flagset not found for API key') };
}

/** Counts a call that evaluates a flag, whatever comes of it. */
export function countEvaluation(call: Call): void {
  const supplied = suppliedTo(call);
  const flag = 'flags' in supplied ? supplied.flags.find(call.flagKey) : undefined;
  // not as the path has it: that text may hold on to all of the path
  call.state.metrics.countEvaluation(flag?.key);
}

/** Seconds since 1970. */
export function secondsNow({ state }: Call): number {
  return Math.floor(state.clock.now() / 1000);
}
