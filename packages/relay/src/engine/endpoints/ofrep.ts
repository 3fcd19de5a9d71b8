import { compareCodePoints } from '@halyard/core';
import { ofrepBulkEntry, ofrepError, ofrepEvaluation } from '../../answers/flag-answer.ts';
import type { Reply } from '../../answers/reply.ts';
import { jsonReply } from '../../answers/reply.ts';
import { fields } from '../../json/write-json.ts';
import { bindBody } from '../../requests/bind-body.ts';
import type { Asker } from '../../requests/goff-request.ts';
import type { OfrepBody } from '../../requests/ofrep-request.ts';
import { askerOfOfrep, ofrepShape } from '../../requests/ofrep-request.ts';
import { wantedFlags } from '../../requests/wanted-flags.ts';
import type { Call } from '../call.ts';
import { countEvaluation, suppliedTo } from '../call.ts';
import { evaluateAndRecord } from './evaluate-and-record.ts';

const CONTEXT_WANTED = 'GO Feature Flag requires an evaluation context in the request.';

/** @param key of the flag the error would be about; undefined for bulk evaluation */
async function askerIn(call: Call, key: string | undefined): Promise<Asker | { readonly refused: Reply }> {
  const bound = await bindBody<OfrepBody>(call.request, ofrepShape);
  const refuse = (details: string): { refused: Reply } => ({
    refused: jsonReply(400, ofrepError('INVALID_CONTEXT', details, key)),
  });
  if ('fault' in bound) return refuse(bound.fault.text);
  const { context } = bound.value;
  return context === undefined ? refuse(CONTEXT_WANTED) : askerOfOfrep(context);
}

/** `POST /ofrep/v1/evaluate/flags/{key}` (goff-relay-protocol §4.1). */
export async function evaluateByOfrep(call: Call): Promise<Reply> {
  const { flagKey } = call;
  countEvaluation(call);
  const asker = await askerIn(call, flagKey);
  if ('refused' in asker) return asker.refused;
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  const answer = evaluateAndRecord(call, supplied, asker, null);
  if (answer.errorCode === '') return jsonReply(200, ofrepEvaluation(flagKey, answer));
  const status = answer.errorCode === 'FLAG_NOT_FOUND' ? 404 : 400;
  return jsonReply(status, ofrepError(answer.errorCode, `Error while evaluating the flag: ${flagKey}`, flagKey));
}

/** `POST /ofrep/v1/evaluate/flags` (§4.2). */
export async function evaluateAllByOfrep(call: Call): Promise<Reply> {
  const asker = await askerIn(call, undefined);
  if ('refused' in asker) return asker.refused;
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  call.state.metrics.count('gofeatureflag_all_flag_evaluations_total');
  const answers = supplied.flags.evaluateAll(asker, wantedFlags(asker.attributes));
  const flags = [...answers]
    .sort(([left], [right]) => compareCodePoints(left, right))
    .map(([key, answer]) => ofrepBulkEntry(key, answer));
  return { kind: 'json', status: 200, value: fields({ flags }), isTagged: true };
}
