import { isHalyardError } from '@halyard/core';
import { recordingLogger } from '@halyard/testkit';
import { inlineSource, LocalProvider } from '../src/index.ts';

const faultsOf = (options: unknown): unknown => {
  try {
    new LocalProvider(options as never);
  } catch (error) {
    if (!isHalyardError(error)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.details['faults'];
  }
  return [];
};

test('every fault is reported at once', () => {
  expect(faultsOf({ source: 5, pollIntervalMs: -1, onInitFailure: 'x', logger: {}, initTimeOutMs: 5 })).toEqual([
    {
      path: 'source',
      found: '5',
      expected:
        'a path of a .yaml, .yml, .json or .toml file, an address, definitions, or a source with load and describe',
    },
    { path: 'pollIntervalMs', found: '-1', expected: 'a whole number of milliseconds from 0 to 2147483647' },
    { path: 'onInitFailure', found: '"x"', expected: 'one of "serve", "fail"' },
    { path: 'logger', found: 'an object', expected: 'a logger: an object with the methods error, warn, info, debug' },
    { path: 'initTimeOutMs', found: 'an unknown option', expected: 'the option "initTimeoutMs"' },
  ]);
});

test.each(['flags', 'flags.xml', 'ftp://example.org/flags.yaml', 'https://me:canary@example.org'])(
  '%s is no source',
  (source) => {
    expect(faultsOf({ source })).toHaveLength(1);
  },
);

test('definitions that cannot be written as JSON are refused at construction', () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  expect(() => inlineSource(circular)).toThrow(/cannot be written as JSON/);
});

test('a flag that is called like a method of a source is a flag', async () => {
  const flag = { variations: { on: true }, defaultRule: { variation: 'on' } };
  const provider = new LocalProvider({ source: { load: flag, describe: flag }, logger: recordingLogger() });
  await provider.initialize();
  expect(provider.evaluate('load', false).value).toBe(true);
  await provider.onClose();
});

test.each([
  ['a circle', Object.assign({}, ...[{}].map((self: Record<string, unknown>) => ({ self: (self['self'] = self) })))],
  ['a BigInt', { n: 1n }],
  ['something that is no object as JSON', { toJSON: () => 'text' }],
])('enrichment with %s is refused at construction', (_name, contextEnrichment) => {
  expect(faultsOf({ contextEnrichment })).toEqual([
    { path: 'contextEnrichment', found: 'an object', expected: 'an object of attributes that can be written as JSON' },
  ]);
});
