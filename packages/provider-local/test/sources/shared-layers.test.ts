import { setTimeout as pause } from 'node:timers/promises';
import { eventually, recordingLogger } from '@halyard/testkit';
import { httpServer } from '@halyard/testkit/loopback-server';
import { httpSource, layered, LocalProvider } from '../../src/index.ts';
import type { LocalProviderOptions, Source } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import { ScriptedSource } from '../scripted-source.ts';

const open: LocalProvider[] = [];
afterEach(async () => {
  for (const provider of open.splice(0)) await provider.onClose();
});

async function started(source: Source, options: LocalProviderOptions = {}): Promise<LocalProvider> {
  const provider = new LocalProvider({ source, logger: recordingLogger(), ...options });
  open.push(provider);
  await provider.initialize();
  return provider;
}

const isOn = (provider: LocalProvider): boolean => provider.evaluate('flag', false).value;

test('layers that two providers have in common serve both, and one that goes leaves them to the other', async () => {
  const remote = new ScriptedSource('remote', false);
  const source = layered([remote], { bootstrap: { flag: switchedTo(false) } });
  const [one, other] = [await started(source), await started(source)];
  remote.answers[0] = true;
  expect(await one.reload()).toHaveLength(1);
  expect(await other.reload()).toHaveLength(1);
  expect([isOn(one), isOn(other)]).toEqual([true, true]);
  await one.onClose();
  remote.answers[0] = false;
  await other.reload();
  expect(isOn(other)).toBe(false);
  expect(other.status()).toMatchObject({ state: 'ready', layers: [{ state: 'inForce' }, {}] });
});

test.each([300, 3_000])(
  'with bootstrap definitions a start of %d ms is in time, whatever hangs',
  async (initTimeoutMs) => {
    const hanging = [1, 2, 3].map((layer) => new ScriptedSource(`remote ${layer}`, 'hang'));
    const bootstrap = { flag: switchedTo(true) };
    const provider = await started(layered(hanging, { bootstrap }), { initTimeoutMs, onInitFailure: 'fail' });
    expect(isOn(provider)).toBe(true);
  },
);

test('what a reload brings where there was nothing is told', async () => {
  const remote = new ScriptedSource('remote', new Error('gone'), true);
  const provider = new LocalProvider({ source: remote, logger: recordingLogger() });
  open.push(provider);
  await expect(provider.initialize()).rejects.toThrow('gone');
  expect(await provider.reload()).toMatchObject([{ flag: 'flag', before: undefined, after: switchedTo(true) }]);
});

test('answers of something else, and files half written, are no rulesets in the short form', async () => {
  for (const text of ['{"error": true}', '{"message": "Internal Server Error"}', '{"production": null}']) {
    const remote = new ScriptedSource('remote', { text });
    const source = layered([remote], { bootstrap: { recommendations: true } });
    const provider = await started(source, { ruleset: 'production' });
    expect(provider.evaluate('recommendations', false).value).toBe(true);
    expect(provider.status().layers?.[0]).toMatchObject({ state: 'failed', error: { code: 'SOURCE_INVALID' } });
    await pause(0);
  }
});

test('a provider that is closed leaves the connections of its source to others', async () => {
  let answer = (): void => undefined;
  const text = JSON.stringify({ flag: switchedTo(true) });
  const server = await httpServer((response) => {
    const send = (): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    if (server.requests.length < 3) send();
    else answer = send;
  });
  const source = httpSource(`${server.url}/flags.json`);
  const [one, other] = [await started(source), await started(source)];
  const reloaded = other.reload();
  await eventually('the request is there', () => server.requests.length === 3);
  await one.onClose();
  answer();
  expect(await reloaded).toEqual([]);
  expect(other.status()).toMatchObject({ state: 'ready' });
});
