import type { RefreshAnswer, RelayHealth, RelayInfo } from '@halyard/relay-client';
import { goJsonDate } from '../../answers/go-dates.ts';
import type { Reply } from '../../answers/reply.ts';
import { jsonReply } from '../../answers/reply.ts';
import { fields } from '../../json/write-json.ts';
import type { Call } from '../call.ts';
import { suppliedTo } from '../call.ts';

/** `GET /health` (goff-relay-protocol §3.6): whoever can answer is initialised. */
export function health(): Reply {
  return jsonReply(200, fields<RelayHealth>({ initialized: true }));
}

/** `GET /info`: when the flags were loaded for the last time. */
export function info({ state }: Call): Reply {
  const { supplies, hasFlagSets } = state;
  const serving = supplies.filter(({ flags }) => flags !== undefined);
  const latest = Math.max(...serving.map(({ refreshedAt }) => refreshedAt ?? -Infinity));
  const cacheRefresh = goJsonDate(latest === -Infinity ? undefined : latest);
  const flagsets = Object.fromEntries(serving.map(({ name, refreshedAt }) => [name, goJsonDate(refreshedAt)]));
  return jsonReply(200, fields<RelayInfo>({ cacheRefresh, flagsets: hasFlagSets ? flagsets : undefined }));
}

/** `GET /metrics`, for Prometheus. */
export function metrics({ state }: Call): Reply {
  return { kind: 'text', status: 200, text: state.metrics.text(), type: 'text/plain; version=0.0.4; charset=utf-8' };
}

/** `POST /admin/v1/retriever/refresh`: loads the flags of the caller's set now. */
export async function refresh(call: Call): Promise<Reply> {
  call.state.metrics.count('gofeatureflag_force_refresh');
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  return jsonReply(200, fields<RefreshAnswer>({ refreshed: await supplied.supply.refresh() }));
}
