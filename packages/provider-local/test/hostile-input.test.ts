import fc from 'fast-check';
import { OpenFeature } from '@openfeature/server-sdk';
import { recordingLogger } from '@halyard/testkit';
import { decodeJson } from '../src/documents/json-document.ts';
import { LocalProvider } from '../src/index.ts';
import { switchedTo } from './flag-definitions.ts';

async function started(source: Record<string, unknown>): Promise<LocalProvider> {
  const provider = new LocalProvider({ source, logger: recordingLogger() });
  await provider.initialize();
  return provider;
}

const prototypeNames = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];

test('names of Object.prototype are plain names everywhere, and no prototype changes', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  for (const name of prototypeNames) {
    const text = JSON.stringify({
      [name]: {
        variations: { on: true, X: false },
        targeting: [{ name: 'r', query: 'NAME eq "yes"', variation: 'X' }],
        defaultRule: { percentage: { X: 100 } },
        metadata: { team: 'a' },
      },
    })
      .replaceAll('X', name)
      .replaceAll('NAME', name.replaceAll('_', 'p'));
    const source = JSON.parse(text.replace('{"constructor":', '{"constructor":')) as Record<string, unknown>;
    const provider = await started(source);
    const context = JSON.parse(`{"targetingKey":"u","${name}":"yes"}`) as Record<string, unknown>;
    expect(provider.evaluate(name, true, context)).toMatchObject({ value: false, variant: name });
    expect(Object.hasOwn(provider.evaluateAll(context), name)).toBe(true);
    await provider.onClose();
  }
  expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
  expect(({} as Record<string, unknown>)['team']).toBeUndefined();
});

test('a flag whose value is nested 100,000 deep is refused, the others load', async () => {
  const depth = 100_000;
  const text = `{"deep":{"variations":{"v":${'['.repeat(depth)}${']'.repeat(depth)}},"defaultRule":{"variation":"v"}},"ok":${JSON.stringify(switchedTo(true))}}`;
  const source = {
    describe: () => 'deep',
    load: async () => ({ version: '1', documents: [{ origin: 'deep.json', format: 'json' as const, text }] }),
  };
  const provider = new LocalProvider({ source, logger: recordingLogger() });
  await provider.initialize();
  expect(provider.evaluate('ok', false).value).toBe(true);
  expect(provider.evaluate('deep', null).errorCode).toBe('FLAG_NOT_FOUND');
  expect(provider.diagnostics().map(({ code }) => code)).toEqual(['value-too-deep']);
  await provider.onClose();
});

test('a document nested 100,000 deep in the wrong place is no problem for positions', () => {
  const text = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)},"b":{}}`;
  expect(decodeJson('f', text).locator()({ path: ['b'] })).toEqual({ line: 1, column: text.indexOf('"b":') + 5 });
});

const rules = {
  flag: {
    variations: { on: true, off: false },
    targeting: [
      { query: 'a.b.c eq 1 or a gt 3 or a co "x" or a in ["y","z"]', variation: 'on' },
      {
        query:
          '{"or":[{"in":["x",{"var":"a"}]},{">":[{"var":"b.c"},1]},{"some":[{"var":"list"},{"==":[{"var":""},1]}]}]}',
        variation: 'on',
      },
    ],
    bucketingKey: 'user.id',
    defaultRule: { percentage: { on: 50, off: 50 } },
  },
};

test('any context whatever is answered, without an exception', async () => {
  const provider = await started(rules);
  await OpenFeature.setProviderAndWait('hostile', provider);
  const client = OpenFeature.getClient('hostile');
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
    maxDepth: 4,
  });
  const context = fc.dictionary(
    fc.oneof(fc.constantFrom('a', 'b', 'list', 'user', 'targetingKey', 'gofeatureflag'), fc.string()),
    anything,
  );
  await fc.assert(
    fc.asyncProperty(context, async (attributes) => {
      const direct = provider.evaluate('flag', false, attributes);
      expect(typeof direct.value).toBe('boolean');
      const details = await client.getBooleanDetails('flag', false, attributes as never);
      expect(typeof details.value).toBe('boolean');
    }),
  );
  await OpenFeature.clearProviders();
});

test('the order of context attributes never matters', async () => {
  const provider = await started(rules);
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('a', 'b', 'list', 'user', 'targetingKey', 'x'), fc.jsonValue()),
      (context) => {
        const reversed = Object.fromEntries(Object.entries(context).reverse());
        expect(provider.evaluate('flag', false, reversed)).toEqual(provider.evaluate('flag', false, context));
      },
    ),
  );
  await provider.onClose();
});

test('a context of 5 MB or with 10,000 attributes is answered', async () => {
  const provider = await started(rules);
  const large = { user: { id: 'u' }, a: 'x'.repeat(5_000_000) };
  expect(provider.evaluate('flag', false, large)).toMatchObject({ value: true, reason: 'TARGETING_MATCH' });
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`a${index}`, index]));
  expect(provider.evaluate('flag', false, { ...many, user: { id: 'u' } }).errorCode).toBeUndefined();
  await provider.onClose();
});

test('300,000 distinct users leave nothing behind', async () => {
  const provider = await started(rules);
  const evaluate = (from: number, to: number): void => {
    for (let user = from; user < to; user++) provider.evaluate('flag', false, { user: { id: `user-${user}` } });
  };
  evaluate(0, 50_000);
  const before = process.memoryUsage().heapUsed;
  evaluate(50_000, 300_000);
  // garbage may be lying about; 250,000 remembered users would weigh several times this
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(60e6);
  await provider.onClose();
});

test('logs hold no context and no attribute of it', async () => {
  const logger = recordingLogger();
  const provider = new LocalProvider({ source: rules, logger });
  await provider.initialize();
  provider.evaluate('flag', 'canary-default', { user: { id: 'canary-user' }, a: 'canary-attribute' });
  await provider.resolveBooleanEvaluation('nope', false, { targetingKey: 'canary-key' });
  await provider.onClose();
  expect(JSON.stringify(logger.entries)).not.toContain('canary');
});

test('a listener may evaluate, reload and close from inside an event', async () => {
  let version = 0;
  const source = {
    describe: () => 'busy',
    load: async () => ({
      version: String(++version),
      documents: [{ origin: 'busy', definitions: { flag: switchedTo(version % 2 === 0) } }],
    }),
  };
  const provider = new LocalProvider({ source, logger: recordingLogger() });
  await provider.initialize();
  const heard: unknown[] = [];
  provider.on('flagsUpdated', () => {
    heard.push(provider.evaluate('flag', null).value);
    if (heard.length === 1) void provider.reload();
    else void provider.onClose();
  });
  provider.on('flagsUpdated', () => new Promise(() => undefined));
  await provider.reload();
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => void setImmediate(resolve));
  expect(heard).toEqual([true, false]);
  expect(provider.status().state).toBe('closed');
});
