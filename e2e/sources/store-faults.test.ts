// Rows 1, 2, 5 and 7 of the fault matrix for every store: what is away, or accepts and never answers.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layered, LocalProvider } from '@halyard/provider-local';
import { eventually, recordingLogger } from '@halyard/testkit';
import type { GuardedStore } from './guarded-stores.ts';
import { storeKinds } from './guarded-stores.ts';
import { isOn } from './following.ts';
import { describeWithPrograms } from './real-programs.ts';

jest.setTimeout(60_000);

/** No evaluation waits for a store; this is what a busy machine may take for a thousand of them, in milliseconds. */
const AT_ONCE_MS = 1_000;

for (const [name, { programs, start }] of Object.entries(storeKinds)) {
  describeWithPrograms(`flags in ${name}`, programs, () => {
    let store: GuardedStore;
    let folder: string;
    const open: LocalProvider[] = [];

    beforeAll(async () => {
      store = await start();
      folder = mkdtempSync(join(tmpdir(), 'halyard-store-'));
    });
    beforeEach(async () => {
      await store.gate.turn('passes');
      await store.put(false);
    });
    afterEach(async () => {
      for (const provider of open.splice(0)) await provider.onClose();
    });
    afterAll(async () => {
      await store.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    const providerWith = (cache?: string): LocalProvider => {
      const source = layered([store.source()], cache === undefined ? {} : { cache: join(folder, cache) });
      const provider = new LocalProvider({ source, logger: recordingLogger(), initTimeoutMs: 3_000 });
      open.push(provider);
      return provider;
    };
    const state = (provider: LocalProvider): string => provider.status().state;

    test.each(['hangs', 'refuses'] as const)(
      'a store that %s at the start is an error in time, and its flags come by themselves',
      async (manner) => {
        await store.gate.turn(manner);
        const provider = providerWith();
        await expect(provider.initialize()).rejects.toThrow();
        expect(provider.evaluate('flag', true)).toMatchObject({ value: true, errorCode: 'PROVIDER_NOT_READY' });
        await store.put(true);
        await store.gate.turn('passes');
        await eventually('its flags are in force', () => provider.evaluate('flag', false).reason === 'STATIC');
        expect(isOn(provider)).toBe(true);
        expect(state(provider)).toBe('ready');
      },
    );

    test.each(['hangs', 'refuses'] as const)(
      'with a store that %s at the start what was saved serves, stale, until the store answers',
      async (manner) => {
        const first = providerWith(manner);
        await first.initialize();
        await first.onClose();
        await store.gate.turn(manner);
        const second = providerWith(manner);
        await second.initialize();
        expect(second.evaluate('flag', true)).toMatchObject({ value: false, reason: 'STATIC' });
        await eventually('it is stale', () => state(second) === 'stale');
        await store.put(true);
        await store.gate.turn('passes');
        await eventually('the new flags are in force', () => isOn(second));
        expect(state(second)).toBe('ready');
      },
    );

    test.each(['hangs', 'refuses'] as const)('with a store that %s later on, flags stay', async (manner) => {
      const provider = providerWith();
      await provider.initialize();
      await store.gate.turn(manner);
      await expect(provider.reload()).rejects.toThrow();
      const begun = performance.now();
      for (let time = 0; time < 1_000; time++) expect(provider.evaluate('flag', true).value).toBe(false);
      expect(performance.now() - begun).toBeLessThan(AT_ONCE_MS);
      await store.put(true);
      await store.gate.turn('passes');
      await eventually('the change is in force', () => isOn(provider));
    });
  });
}
