import type { Resolution } from '@halyard/core';
import { describePublished, publishedCases, recordingLogger } from '@halyard/testkit';
import { LocalProvider } from '../src/index.ts';

interface BulkCase {
  readonly id: string;
  readonly flags: Record<string, unknown>;
  readonly context: Record<string, unknown> | null;
  readonly notInitialised?: boolean;
  readonly offline?: boolean;
  readonly expected: {
    readonly flags?: Record<string, { value: unknown; variationType: string; reason: string; errorCode: string }>;
  };
}

interface RawCall {
  readonly flagKey: string;
  readonly flag: unknown;
  readonly evalContext: Record<string, unknown>;
  readonly flagContext: {
    readonly evaluationContextEnrichment: Record<string, unknown>;
    readonly defaultSdkValue: unknown;
  };
}

interface RawCase {
  readonly id: string;
  readonly input: string;
  readonly expected: Record<string, unknown>;
}

const inUpstreamsWords = ({ value, variant, reason, errorCode }: Resolution): object => ({
  value,
  variationType: variant,
  reason,
  errorCode: errorCode ?? '',
});

describePublished('the published bulk evaluations', () => {
  const rows = publishedCases<BulkCase>('engine/all-flags.json').filter((row) => !row.notInitialised && !row.offline);

  test.each(rows)('$id', async ({ flags, context, expected }) => {
    const provider = new LocalProvider({ source: flags, logger: recordingLogger() });
    await provider.initialize();
    const answers = Object.entries(provider.evaluateAll(context ?? {})).map(([key, answer]) => [
      key,
      inUpstreamsWords(answer),
    ]);
    const wanted = Object.entries(expected.flags ?? {}).map(([key, { value, variationType, reason, errorCode }]) => [
      key,
      // upstream's bulk answers leave out what its single ones say of a disabled flag
      { value, variationType: variationType || 'SdkDefault', reason, errorCode },
    ]);
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(wanted));
    await provider.onClose();
  });

  // the third row is an input cut in half, which only a caller of the WASM module can send
  const calls = publishedCases<RawCase>('engine/wasm-io.json').filter(({ id }) => id !== 'invalid.json');

  test.each(calls)('the call $id', async ({ input, expected }) => {
    const { flagKey, flag, evalContext, flagContext } = JSON.parse(input) as RawCall;
    const provider = new LocalProvider({
      source: { [flagKey]: flag },
      contextEnrichment: flagContext.evaluationContextEnrichment,
      logger: recordingLogger(),
    });
    await provider.initialize();
    const answer = provider.evaluate(flagKey, flagContext.defaultSdkValue, evalContext);
    const { value, variationType, reason, errorCode, metadata } = expected;
    expect({ ...inUpstreamsWords(answer), metadata: answer.flagMetadata }).toEqual({
      value,
      variationType,
      reason,
      errorCode,
      metadata,
    });
    await provider.onClose();
  });
});
