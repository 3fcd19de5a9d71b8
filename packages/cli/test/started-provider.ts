import { LocalProvider } from '@halyard/provider-local';

const logger = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/** A provider that has read a file of flags. */
export async function startedProvider(source: string, dialect: 'goff' | 'ruleset'): Promise<LocalProvider> {
  const provider = new LocalProvider({ source, dialect, logger, onInitFailure: 'fail' });
  await provider.initialize();
  return provider;
}
