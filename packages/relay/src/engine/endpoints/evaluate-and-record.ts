import type { FlagAnswer } from '../../answers/flag-answer.ts';
import { unknownFlagAnswer } from '../../answers/flag-answer.ts';
import type { Asker } from '../../requests/goff-request.ts';
import type { Call } from '../call.ts';
import { secondsNow } from '../call.ts';
import type { FlagSupply } from '../flag-supply.ts';
import { servedEvent } from '../served-event.ts';
import type { ServedFlags } from '../served-flags.ts';

const nothing = Object.freeze({});

/** Evaluates the flag of a call and notes it as usage, errors and unknown flags too, if the flag is tracked. */
export function evaluateAndRecord(
  call: Call,
  { supply, flags }: { readonly supply: FlagSupply; readonly flags: ServedFlags },
  asker: Asker,
  defaultValue: unknown,
): FlagAnswer {
  const { flagKey } = call;
  const flag = flags.find(flagKey);
  const answer = flag === undefined ? unknownFlagAnswer(defaultValue) : flags.evaluate(flag, asker, defaultValue);
  if (answer.trackEvents) {
    const enrichment = flag === undefined ? nothing : supply.enrichment;
    supply.record(servedEvent({ flagKey, asker, answer }, enrichment, secondsNow(call)));
  }
  return answer;
}
