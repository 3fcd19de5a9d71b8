import type { Source } from '@halyard/provider-local';
import { LocalProvider } from '@halyard/provider-local';
import { recordingLogger } from '@halyard/testkit';

/** A flag that is on or off for everybody. */
export const switchedTo = (on: boolean): object => ({
  variations: { on: true, off: false },
  defaultRule: { variation: on ? 'on' : 'off' },
});

/** A document with one flag. */
export const documentOf = (on: boolean): string => JSON.stringify({ flag: switchedTo(on) });

const open: LocalProvider[] = [];

/** For `afterEach`, before the servers go. */
export async function closeProviders(): Promise<void> {
  for (const provider of open.splice(0)) await provider.onClose();
}

/** A provider on a source, started. */
export async function following(source: Source): Promise<{ provider: LocalProvider; log: () => string }> {
  const logger = recordingLogger();
  const provider = new LocalProvider({ source, logger });
  open.push(provider);
  await provider.initialize();
  return { provider, log: () => JSON.stringify(logger.entries) };
}

export const isOn = (provider: LocalProvider): boolean => provider.evaluate('flag', false).value;
