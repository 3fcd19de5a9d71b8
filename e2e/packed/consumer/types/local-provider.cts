import { OpenFeature } from '@openfeature/server-sdk';
import type { LocalProviderOptions, LocalStatus, Source } from '@halyard/provider-local';
import { LocalProvider, fileSource, inlineSource, merged } from '@halyard/provider-local';

const options: LocalProviderOptions = { source: merged(fileSource('flags.yaml'), inlineSource({})), debug: true };

export async function start(): Promise<LocalStatus> {
  const provider = new LocalProvider(options);
  await OpenFeature.setProviderAndWait(provider);
  const isOn: boolean = provider.evaluate('flag', false, { targetingKey: 'u' }).value;
  const text: string = provider.snapshot({}).string('flag', isOn ? 'on' : 'off');
  provider.on('flagsUpdated', ({ flags }) => flags.includes(text));
  return provider.status();
}

export const own: Source = {
  describe: () => 'own',
  load: async () => ({ version: '1', documents: [{ origin: 'own', format: 'json', text: '{}' }] }),
};

// @ts-expect-error an unknown option
export const wrong: LocalProviderOptions = { sources: 'flags.yaml' };
