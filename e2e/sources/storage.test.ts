import { storageSource } from '@halyard/provider-local/sources/storage';
import { eventually } from '@halyard/testkit';
import { createStorage } from 'unstorage';
import { closeProviders, documentOf, following, isOn } from './following.ts';

jest.setTimeout(60_000);

afterEach(closeProviders);

test('flags in an unstorage instance follow what is set there', async () => {
  const storage = createStorage();
  await storage.setItem('prod:flags', documentOf(false));
  const { provider } = await following(storageSource(storage, 'prod/flags', { pollIntervalMs: 0 }));
  expect(isOn(provider)).toBe(false);
  await storage.setItem('prod:flags', documentOf(true));
  await eventually('the change is in force', () => isOn(provider));
  await storage.removeItem('prod:flags');
  await expect(provider.reload()).rejects.toMatchObject({ code: 'SOURCE_UNAVAILABLE' });
  expect(isOn(provider)).toBe(true);
  await storage.dispose();
});

test('changes are found by polling where nothing tells of them', async () => {
  const storage = createStorage();
  await storage.setItem('flags.yaml', 'flag: { variations: { on: true }, defaultRule: { variation: on } }');
  const getItem = (key: string): Promise<unknown> => storage.getItem(key);
  const { provider } = await following(storageSource({ getItem }, 'flags.yaml', { pollIntervalMs: 20 }));
  expect(isOn(provider)).toBe(true);
  await storage.setItem('flags.yaml', 'flag: { variations: { off: false }, defaultRule: { variation: off } }');
  await eventually('the change is in force', () => !isOn(provider));
  await storage.dispose();
});
