// The GO Feature Flag provider for Node that asks a relay and keeps answers.
import { GoFeatureFlagProvider } from '@openfeature/go-feature-flag-provider';
import { contextOf } from '../flags.mjs';
import { microsPerAnswer, microsShared, relayStub } from '../remote-work.mjs';
import { nanosPerAwait } from '../timing.mjs';

async function started() {
  const { origin } = await relayStub();
  const provider = new GoFeatureFlagProvider({ endpoint: origin, disableDataCollection: true, pollInterval: -1 });
  await provider.initialize?.();
  return provider;
}

async function asker() {
  const provider = await started();
  return async (call) => (await provider.resolveStringEvaluation('flag', '', { ...contextOf(call), call })).value;
}

export const remotePeer = {
  'remote, one caller': async () => microsPerAnswer(await asker()),
  'remote, 32 callers': async () => microsShared(await asker()),
  'remote cache hit': async () => {
    const provider = await started();
    for (let call = 0; call < 1_000; call++) await provider.resolveStringEvaluation('flag', '', contextOf(call));
    return nanosPerAwait((call) => provider.resolveStringEvaluation('flag', '', contextOf(call)));
  },
};
