import type { CollectorAnswer } from '@halyard/relay-client';
import type { Reply } from '../../answers/reply.ts';
import { jsonReply, refusal } from '../../answers/reply.ts';
import { fields } from '../../json/write-json.ts';
import { bindBody } from '../../requests/bind-body.ts';
import { collectedEvent } from '../../requests/collected-event.ts';
import type { CollectorBody } from '../../requests/collector-request.ts';
import { collectorShape } from '../../requests/collector-request.ts';
import type { Call } from '../call.ts';
import { suppliedTo } from '../call.ts';

/** `POST /v1/data/collector` (goff-relay-protocol §3.5). The count is that of what was sent, dropped or not. */
export async function collectEvents(call: Call): Promise<Reply> {
  const bound = await bindBody<CollectorBody>(call.request, collectorShape);
  if ('fault' in bound) return refusal(400, `collectEvalData: invalid input data ${bound.fault.text}`);
  const { events, meta } = bound.value;
  if (events === undefined) return refusal(400, 'collectEvalData: invalid input data');
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  for (const sent of events) {
    const event = collectedEvent(sent ?? {}, meta);
    if (event !== undefined) supplied.supply.record(event);
  }
  call.state.metrics.count('gofeatureflag_collect_eval_data_total', events.length);
  return jsonReply(200, fields<CollectorAnswer>({ ingestedContentCount: events.length }));
}
