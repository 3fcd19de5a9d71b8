import type { Reply } from '../../answers/reply.ts';
import { refusal } from '../../answers/reply.ts';
import type { Call } from '../call.ts';

const INTEGER = /^[-+]?\d+$/;
const LARGEST = 2n ** 63n;

function isInt64(text: string): boolean {
  if (!INTEGER.test(text)) return false;
  const value = BigInt(text.replace('+', ''));
  return value >= -LARGEST && value < LARGEST;
}

const oddLastId: Reply = {
  kind: 'text',
  status: 400,
  text: 'Last-Event-ID must be a number!\n',
  type: 'text/plain; charset=utf-8',
  headers: [
    ['Cache-Control', 'no-cache'],
    ['X-Content-Type-Options', 'nosniff'],
  ],
};

/** The WebSocket of changes (goff-relay-protocol §5.1): whoever is let in hears of all flag sets. */
export function webSocket({ state }: Call): Reply {
  return { kind: 'websocket', subscribe: state.audience.subscribe };
}

/** The same under its old path. */
export function oldWebSocket(call: Call): Reply {
  const link = '</stream/v1/ws/flag/change>; rel="successor-version"';
  return {
    kind: 'websocket',
    subscribe: call.state.audience.subscribe,
    headers: [
      ['Deprecation', 'true'],
      ['Link', link],
    ],
  };
}

/** Server-Sent Events (§5.2), of the caller's flag set only. */
export function events({ request, caller, state }: Call): Reply {
  const { supplies, hasFlagSets } = state;
  const supply = hasFlagSets ? supplies.find(({ name }) => name === caller?.flagSet) : supplies[0];
  if (supply === undefined) return refusal(400, 'no flag set associated to the API key');
  const lastId = request.headers.get('last-event-id')?.[0];
  if (lastId && !isInt64(lastId)) return oddLastId;
  return { kind: 'events', subscribe: supply.audience.subscribe };
}
