import { recordingLogger } from '@halyard/testkit';
import { ask, closeRelays, startRelay } from '../running-relay.ts';

afterEach(closeRelays);

const nested = (depth: number, inner = ''): string => '['.repeat(depth) + inner + ']'.repeat(depth);

test('a number that no double holds is refused however deep it is', async () => {
  const logger = recordingLogger();
  const relay = await startRelay({ logger });
  const deep = nested(9_000, '1e999');
  const goff = await ask(relay, '/v1/feature/welcome/eval', {
    body: `{"evaluationContext":{"key":"u","custom":{"a":${deep}}}}`,
  });
  expect(goff.status).toBe(400);
  expect(goff.text).toContain('expected=float64, got=number 1e999, field=AllFlagRequest.evaluationContext.custom');
  const ofrep = await ask(relay, '/ofrep/v1/evaluate/flags/welcome', { body: `{"context":{"a":${deep}}}` });
  expect(ofrep).toMatchObject({ status: 400, json: { errorCode: 'INVALID_CONTEXT' } });
  expect(logger.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

test('unpaired surrogates beside something deep are read as ever', async () => {
  const logger = recordingLogger();
  const relay = await startRelay({ logger });
  const context = String.raw`"s":"\ud800","a":${nested(9_000)}`;
  const goff = await ask(relay, '/v1/feature/split/eval', {
    body: `{"evaluationContext":{"key":"u","custom":{${context}}}}`,
  });
  expect(goff).toMatchObject({ status: 200, json: { errorCode: 'INVALID_CONTEXT' } });
  const unknown = await ask(relay, '/v1/feature/nope/eval', {
    body: String.raw`{"evaluationContext":{"key":"u"},"defaultValue":["\udc00",${nested(9_000)}]}`,
  });
  expect(unknown.text).toContain(`"value":["\ufffd",${nested(9_000)}]`);
  expect(logger.entries.filter(({ level }) => level === 'error')).toEqual([]);
});

test('a deep value costs the log no event', async () => {
  const logger = recordingLogger();
  const relay = await startRelay({ logger, exporter: 'log' });
  const value = nested(9_000);
  await ask(relay, '/v1/data/collector', { body: `{"events":[{"kind":"feature","key":"f","value":${value}}]}` });
  await relay.close();
  expect(logger.entries.map(({ message }) => message)).toContainEqual(expect.stringContaining(`"f" is ${value} (`));
});

test('a body is one mebibyte at most unless it may be larger', async () => {
  const mebibyte = 1024 * 1024;
  const bodyOf = (length: number): string => '{"user":{}}'.padEnd(length);
  const relay = await startRelay();
  expect((await ask(relay, '/v1/allflags', { body: bodyOf(mebibyte) })).status).toBe(200);
  expect((await ask(relay, '/v1/allflags', { body: bodyOf(mebibyte + 1) })).status).toBe(413);
  const generous = await startRelay({ maxBodyBytes: mebibyte + 1 });
  expect((await ask(generous, '/v1/allflags', { body: bodyOf(mebibyte + 1) })).status).toBe(200);
});
