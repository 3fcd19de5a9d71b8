// The least a client needs: undici's pool for a request, canonical text and an LRU for an answer that is kept.
import { LRUCache } from 'lru-cache';
import { Pool } from 'undici';
import { contextOf } from '../flags.mjs';
import { microsPerAnswer, microsShared, relayStub } from '../remote-work.mjs';
import { nanosPerAwait } from '../timing.mjs';

async function asker() {
  const { origin } = await relayStub();
  const pool = new Pool(origin, { connections: 64 });
  const headers = { 'content-type': 'application/json' };
  return async (call) => {
    const { targetingKey: key, ...custom } = { ...contextOf(call), call };
    const body = JSON.stringify({ evaluationContext: { key, custom }, defaultValue: null });
    const answer = await pool.request({ path: '/v1/feature/flag/eval', method: 'POST', headers, body });
    return JSON.parse(await answer.body.text()).value;
  };
}

const canonical = (flag, context) => {
  let text = flag;
  for (const name of Object.keys(context).sort()) text += `,${JSON.stringify(name)}:${JSON.stringify(context[name])}`;
  return text;
};

export const remoteFloor = {
  'remote, one caller': async () => microsPerAnswer(await asker()),
  'remote, 32 callers': async () => microsShared(await asker()),
  'remote cache hit': async () => {
    const cache = new LRUCache({ max: 10_000 });
    const answer = Object.freeze({ value: 'first', variant: 'on', reason: 'CACHED' });
    for (let call = 0; call < 1_000; call++) cache.set(canonical('flag', contextOf(call)), answer);
    return nanosPerAwait(async (call) => cache.get(canonical('flag', contextOf(call))));
  },
};
