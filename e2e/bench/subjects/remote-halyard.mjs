import { RemoteProvider } from '@halyard/provider-remote';
import { contextOf } from '../flags.mjs';
import { microsPerAnswer, microsShared, noticeToAnswer, relayStub } from '../remote-work.mjs';
import { nanosPerAwait } from '../timing.mjs';

const silent = { error() {}, warn() {}, info() {}, debug() {} };

async function started(options = {}) {
  const { origin: endpoint, change } = await relayStub();
  const provider = new RemoteProvider({ endpoint, logger: silent, ...options });
  await provider.initialize();
  while (options.changes === undefined && provider.status().changes !== 'websocket') {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { provider, change };
}

/** Every question is another one, so that none is answered from the cache. */
async function asker() {
  const { provider } = await started({ changes: 'off' });
  return async (call) => (await provider.resolveStringEvaluation('flag', '', { ...contextOf(call), call })).value;
}

export const remoteHalyard = {
  'remote, one caller': async () => microsPerAnswer(await asker()),
  'remote, 32 callers': async () => microsShared(await asker()),
  'remote cache hit': async () => {
    const { provider } = await started();
    for (let call = 0; call < 1_000; call++) await provider.resolveStringEvaluation('flag', '', contextOf(call));
    return nanosPerAwait((call) => provider.resolveStringEvaluation('flag', '', contextOf(call)));
  },
  'notice to new answer': async () => {
    const { provider, change } = await started();
    return noticeToAnswer(change, async () => (await provider.resolveStringEvaluation('flag', '', contextOf(0))).value);
  },
};
