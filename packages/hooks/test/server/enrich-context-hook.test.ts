import type { ExporterMetadata } from '@halyard/hooks';
import { EnrichContextHook } from '@halyard/hooks';
import type { EvaluationContext, JsonValue, Provider } from '@openfeature/server-sdk';
import { OpenFeature } from '@openfeature/server-sdk';
import { recordingLogger } from '@halyard/testkit';

beforeAll(() => void OpenFeature.setLogger(recordingLogger()));
afterEach(() => OpenFeature.close());

/** Answers with the context it was given. */
const echo = {
  metadata: { name: 'echo' },
  resolveObjectEvaluation: async (_key: string, _default: JsonValue, context: EvaluationContext) => ({
    value: context as JsonValue,
  }),
} as unknown as Provider;

async function enriched(hook: EnrichContextHook, context: EvaluationContext): Promise<JsonValue> {
  await OpenFeature.setProviderAndWait(echo);
  return OpenFeature.getClient().getObjectValue('flag', {}, context, { hooks: [hook] });
}

test('the metadata is added where the relay looks for it', async () => {
  const hook = new EnrichContextHook({ app: 'shop', build: 7, beta: true });
  expect(await enriched(hook, { targetingKey: 'ada' })).toEqual({
    targetingKey: 'ada',
    gofeatureflag: { exporterMetadata: { app: 'shop', build: 7, beta: true } },
  });
});

test('what the context already says stays, but for equal names', async () => {
  const hook = new EnrichContextHook({ app: 'shop' });
  const context = { gofeatureflag: { flagList: ['a'], exporterMetadata: { app: 'old', region: 'eu' } } };
  expect(await enriched(hook, context)).toEqual({
    gofeatureflag: { flagList: ['a'], exporterMetadata: { app: 'shop', region: 'eu' } },
  });
  expect(context.gofeatureflag.exporterMetadata.app).toBe('old');
});

test('a function of the context may say what to add', async () => {
  const hook = new EnrichContextHook(({ targetingKey }) => ({ length: (targetingKey ?? '').length }));
  expect(await enriched(hook, { targetingKey: 'ada' })).toMatchObject({
    gofeatureflag: { exporterMetadata: { length: 3 } },
  });
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no'))],
  ['returns nothing', () => undefined],
  ['returns objects', () => ({ nested: {} })],
])('a function that %s adds nothing', async (_what, metadata) => {
  const hook = new EnrichContextHook(metadata as unknown as () => ExporterMetadata);
  expect(await enriched(hook, { targetingKey: 'ada' })).toEqual({ targetingKey: 'ada' });
});

test.each([[undefined], ['text'], [{ nested: {} }], [{ a: NaN }]])('%p is no metadata', (metadata) => {
  expect(() => new EnrichContextHook(metadata as never)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
});
