import type { Reply } from '../answers/reply.ts';
import { writeJson } from '../json/write-json.ts';
import type { Digests } from '../ports/digests.ts';
import type { HeaderLines, RelayAnswer, RelayRequest } from '../ports/http-exchange.ts';
import { hasQueryParameter } from '../routes/query-parameter.ts';

interface Writing {
  readonly digests: Digests;
  readonly version: string | undefined;
}

type JsonReply = Extract<Reply, { kind: 'json' }>;

/** The headers that every answer has (goff-relay-protocol §1.2). */
function commonHeaders({ headers }: RelayRequest, version: string | undefined): HeaderLines {
  return [
    ['Vary', 'Origin'],
    ...(headers.get('origin')?.[0] ? [['Access-Control-Allow-Origin', '*'] as const] : []),
    ...(version === undefined ? [] : [['X-GOFEATUREFLAG-VERSION', version] as const]),
  ];
}

/** A reply as it goes out. */
export function writtenAnswer(reply: Reply, request: RelayRequest, { digests, version }: Writing): RelayAnswer {
  const common = commonHeaders(request, version);
  switch (reply.kind) {
    case 'json':
      return jsonAnswer(reply, request, common, digests);
    case 'text': {
      const headers: HeaderLines = [...common, ...(reply.headers ?? []), ['Content-Type', reply.type]];
      return { kind: 'whole', status: reply.status, headers, body: reply.text };
    }
    case 'events':
      return { ...reply, headers: common };
    case 'websocket':
      return { ...reply, headers: [...common, ...(reply.headers ?? [])] };
  }
}

function jsonAnswer(reply: JsonReply, request: RelayRequest, common: HeaderLines, digests: Digests): RelayAnswer {
  const layout = hasQueryParameter(request.target, 'pretty') ? 'pretty' : 'compact';
  const body = `${writeJson(reply.value, layout)}\n`;
  const { status, headers: own = [], isTagged = false } = reply;
  const type = ['Content-Type', 'application/json'] as const;
  // only refusals answer HEAD
  if (request.method === 'HEAD') return { kind: 'whole', status, headers: [...common, ...own], body: '' };
  if (!isTagged) return { kind: 'whole', status, headers: [...common, ...own, type], body };
  const etag = `"${digests.byteLength(body)}-${digests.sha1(body)}"`;
  const headers: HeaderLines = [...common, ...own, ['ETag', etag]];
  const held = request.headers.get('if-none-match')?.[0];
  const isFresh = held === etag || held === `W/${etag}`;
  if (isFresh) return { kind: 'whole', status: 304, headers, body: '' };
  return { kind: 'whole', status, headers: [...headers, type], body };
}

/** What Go's server says to a path that it cannot decode, before anything else is looked at (§1.3). */
export const brokenPathAnswer: RelayAnswer = {
  kind: 'whole',
  status: 400,
  headers: [['Content-Type', 'text/plain; charset=utf-8']],
  body: '400 Bad Request',
  isLast: true,
};

/**
 * The answer to any `OPTIONS`, whoever asks for whatever (§1.2).
 *
 * @param allowed the methods of a path outside the guarded areas
 */
export function preflightAnswer({ headers }: RelayRequest, allowed: string | undefined): RelayAnswer {
  const wanted = headers.get('access-control-request-headers')?.[0];
  const forBrowsers: HeaderLines = [
    ['Access-Control-Allow-Origin', '*'],
    ['Vary', 'Access-Control-Request-Method'],
    ['Vary', 'Access-Control-Request-Headers'],
    ['Access-Control-Allow-Methods', 'GET,HEAD,PUT,PATCH,POST,DELETE'],
    ...(wanted ? [['Access-Control-Allow-Headers', wanted] as const] : []),
  ];
  const isCrossOrigin = Boolean(headers.get('origin')?.[0]);
  return {
    kind: 'whole',
    status: 204,
    headers: [
      ['Vary', 'Origin'],
      ...(allowed === undefined ? [] : [['Allow', allowed] as const]),
      ...(isCrossOrigin ? forBrowsers : []),
    ],
    body: '',
  };
}
