import type { Clock, ControlBoard, FlagSet } from '@halyard/core';
import { HalyardError } from '@halyard/core';
import type { LoadedFlags } from '../sources/source.ts';
import type { Inspection } from './inspection.ts';
import type { BuiltSet } from './set-builder.ts';

/** The flags in force. */
export interface InForce {
  readonly set: FlagSet;
  /** What can be controlled at run time; undefined where nothing can. */
  readonly board: ControlBoard | undefined;
  readonly inspection: Inspection;
  /** When the source last confirmed them, on the monotonic clock. */
  readonly confirmedAt: number;
  /** Whether they are not current, and cannot be confirmed. */
  readonly isSaved: boolean;
}

/** Flags that come into force now. Saved ones are as old as they say; those of a clock that ran ahead are new. */
export function inForceNow(
  { set, board }: BuiltSet,
  inspection: Inspection,
  { saved }: LoadedFlags,
  clock: Clock,
): InForce {
  const age = saved?.at === undefined ? 0 : Math.max(0, clock.now() - saved.at);
  return { set, board, inspection, confirmedAt: clock.elapsed() - age, isSaved: saved !== undefined };
}

/** Milliseconds since the source last confirmed them. */
export function ageOf({ confirmedAt }: InForce, clock: Clock): number {
  return Math.max(0, clock.elapsed() - confirmedAt);
}

/**
 * What can be controlled at run time.
 *
 * @throws HalyardError `CONFIG_INVALID` if that is nothing
 */
export function boardOf({ board, set }: InForce): ControlBoard {
  if (board !== undefined) return board;
  const message = `the flags are of the dialect '${set.dialect.name}', which has no rulesets and no kill switch`;
  throw new HalyardError('CONFIG_INVALID', message);
}
