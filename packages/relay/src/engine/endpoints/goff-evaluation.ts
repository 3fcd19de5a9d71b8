import { goffBulkEntry, goffEvaluation, isErrorInBulk } from '../../answers/flag-answer.ts';
import type { Reply } from '../../answers/reply.ts';
import { jsonReply, refusal } from '../../answers/reply.ts';
import { fields } from '../../json/write-json.ts';
import type { RecordShape } from '../../json/shape.ts';
import { bindBody } from '../../requests/bind-body.ts';
import type { Asker, GoffRequest } from '../../requests/goff-request.ts';
import { askerOf, goffBulkShape, goffEvaluationShape } from '../../requests/goff-request.ts';
import { wantedFlags } from '../../requests/wanted-flags.ts';
import type { Call } from '../call.ts';
import { countEvaluation, secondsNow, suppliedTo } from '../call.ts';
import { evaluateAndRecord } from './evaluate-and-record.ts';

type Question = { readonly asker: Asker; readonly defaultValue: unknown } | { readonly refused: Reply };

async function questionOf(call: Call, shape: RecordShape): Promise<Question> {
  const bound = await bindBody<GoffRequest>(call.request, shape);
  if ('fault' in bound) return { refused: refusal(bound.fault.status, bound.fault.message) };
  const asker = askerOf(bound.value);
  if (asker === undefined) return { refused: refusal(400, 'assertRequest: impossible to find user in request') };
  return { asker, defaultValue: bound.value.defaultValue ?? null };
}

/** `POST /v1/feature/{key}/eval` (goff-relay-protocol §3.1). */
export async function evaluateFlag(call: Call): Promise<Reply> {
  if (call.flagKey === '') return refusal(500, 'Internal Server Error');
  countEvaluation(call);
  const question = await questionOf(call, goffEvaluationShape);
  if ('refused' in question) return question.refused;
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  const answer = evaluateAndRecord(call, supplied, question.asker, question.defaultValue);
  return jsonReply(200, goffEvaluation(answer));
}

/** `POST /v1/allflags` (§3.2). */
export async function evaluateAllFlags(call: Call): Promise<Reply> {
  const question = await questionOf(call, goffBulkShape);
  if ('refused' in question) return question.refused;
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  call.state.metrics.count('gofeatureflag_all_flag_evaluations_total');
  const { asker } = question;
  const answers = supplied.flags.evaluateAll(asker, wantedFlags(asker.attributes));
  const timestamp = secondsNow(call);
  const flags = Object.fromEntries(answers.map(([key, answer]) => [key, goffBulkEntry(answer, timestamp)]));
  const valid = !answers.some(([, answer]) => isErrorInBulk(answer));
  return jsonReply(200, fields({ flags: answers.length === 0 ? undefined : flags, valid }));
}
