import type { Outcome } from '@halyard/core';
import { FlagEntry, FlagSet, goffDialect, instantOfMillis } from '@halyard/core';
import { describePublished, publishedCases, publishedTable } from '@halyard/testkit';
import type { GoffContext } from '../src/index.ts';
import {
  contextOfGoff,
  decodeCollectorAnswer,
  decodeErrorBody,
  decodeFlagConfiguration,
  decodeGoffBulk,
  decodeGoffEvaluation,
  decodeOfrepBulk,
  decodeOfrepError,
  decodeOfrepEvaluation,
  flagKeyOfPath,
  flagKeyPath,
} from '../src/index.ts';

interface FixtureCase {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

interface PairCase {
  readonly id: string;
  readonly flags?: unknown;
  readonly request: {
    readonly path: string;
    readonly body: { readonly json?: { readonly context?: object; readonly evaluationContext?: GoffContext } };
  };
  readonly response: {
    readonly status?: number;
    readonly body?: { readonly json?: Readonly<Record<string, unknown>> };
  };
}

const decoders: Readonly<Record<string, (text: string) => unknown>> = {
  'v1-allflags': decodeGoffBulk,
  'ofrep-bulk': decodeOfrepBulk,
  'v1-configuration': decodeFlagConfiguration,
  'v1-configuration-flagset': decodeFlagConfiguration,
  'v1-collect': decodeCollectorAnswer,
};

/** What an answer says, in OpenFeature's words. */
const wordsOf = ({ resolution, kind }: Outcome): object => {
  const { value, variant, reason, errorCode } = resolution;
  return { value, kind, variant, reason, errorCode };
};

describePublished('the published OFREP answers', () => {
  const rows = publishedCases<FixtureCase>('relay-http/ofrep-response-fixtures.json').filter(
    ({ body }) => 'key' in body,
  );

  test.each(rows)('$id', ({ body }) => {
    const outcome = decodeOfrepEvaluation(String(body['key']), JSON.stringify(body));
    const expected = { value: body['value'], variant: body['variant'], reason: body['reason'], errorCode: undefined };
    const asDefault = { value: null, kind: 'default', variant: 'SdkDefault' };
    if ('errorCode' in body) {
      expect(wordsOf(outcome)).toEqual({ ...asDefault, reason: 'ERROR', errorCode: body['errorCode'] });
    } else if (body['reason'] === 'DISABLED') expect(wordsOf(outcome)).toEqual({ ...expected, ...asDefault });
    else expect(wordsOf(outcome)).toMatchObject(expected);
    expect(outcome.resolution.flagMetadata).toEqual(body['metadata'] ?? {});
  });
});

describePublished('the published answers of the relay', () => {
  const pairs = publishedCases<PairCase>('relay-http/relay-http.json');
  const good = pairs.filter(({ response }) => response.status === 200 && response.body?.json !== undefined);
  const bad = pairs.filter(({ response }) => (response.status ?? 0) >= 400 && response.body?.json !== undefined);

  test.each(good)('$id', ({ id, request, response }) => {
    const json = response.body?.json ?? {};
    const text = JSON.stringify(json);
    const group = id.slice(0, id.indexOf('/'));
    const decode = decoders[group];
    if (decode !== undefined) return expect(decode(text)).toBeDefined();
    const isGoff = group === 'v1-eval';
    const key = flagKeyOfPath(request.path, isGoff ? 'goff' : 'ofrep') ?? '';
    expect(flagKeyPath(key, isGoff ? 'goff' : 'ofrep')).toBe(request.path);
    const outcome = isGoff ? decodeGoffEvaluation(key, text) : decodeOfrepEvaluation(key, text);
    const isDefault = json['failed'] === true || json['reason'] === 'DISABLED';
    expect(wordsOf(outcome)).toMatchObject({
      ...(isDefault ? { value: null, kind: 'default' } : { value: json['value'] }),
      variant: isGoff ? json['variationType'] : json['variant'],
      reason: json['reason'],
      errorCode: json['errorCode'] || undefined,
    });
  });

  test.each(bad)('$id', ({ response }) => {
    const json = response.body?.json ?? {};
    const text = JSON.stringify(json);
    expect(decodeErrorBody(text).message).toBe(json['message'] ?? json['errorDetails']);
    expect(decodeOfrepError('f', text) === undefined).toBe(json['errorCode'] === undefined);
  });
});

describePublished('what the relay answers, and evaluation in process', () => {
  const table = publishedTable<{ flags: Record<string, Record<string, unknown>>; cases: PairCase[] }>(
    'relay-http/relay-http.json',
  );
  const dialect = goffDialect({ enrichment: {}, now: () => instantOfMillis(Date.UTC(2026, 0, 1)) });
  const entries = Object.entries(table?.flags['config_flags'] ?? {}).map(([key, definition]): [string, FlagEntry] => [
    key,
    new FlagEntry(key, { definition, naming: 'any-case' }, dialect),
  ]);
  const local = new FlagSet('v', new Map(entries), dialect);
  const asked = (table?.cases ?? []).filter(({ id, flags, request, response }) => {
    const isEvaluation = /^(v1-eval|ofrep-single|ofrep-bulk|v1-allflags)\//.test(id) && flags === 'config_flags';
    const { context, evaluationContext } = request.body.json ?? {};
    // an empty key never leaves this client
    return (
      isEvaluation &&
      !request.path.endsWith('/') &&
      response.body?.json !== undefined &&
      (context ?? evaluationContext ?? null) !== null
    );
  });

  test('there are enough of them', () => {
    expect(asked.length).toBeGreaterThan(10);
  });

  test.each(asked)('are the same: $id', ({ id, request, response }) => {
    const { context = {}, evaluationContext } = request.body.json ?? {};
    // some requests leave the attributes out, which this client never does
    const goff = evaluationContext && { ...evaluationContext, custom: evaluationContext.custom ?? {} };
    const whole = goff === undefined ? { ...context } : contextOfGoff(goff);
    const text = JSON.stringify(response.body?.json);
    if (/^(ofrep-bulk|v1-allflags)/.test(id)) {
      const remote = id.startsWith('ofrep') ? decodeOfrepBulk(text) : decodeGoffBulk(text);
      for (const [key, outcome] of remote)
        expect([key, wordsOf(outcome)]).toEqual([key, wordsOf(local.evaluate(key, whole))]);
      return;
    }
    const key = flagKeyOfPath(request.path, goff === undefined ? 'ofrep' : 'goff') ?? '';
    const remote = response.status !== 200 ? decodeOfrepError(key, text) : undefined;
    const decode = goff === undefined ? decodeOfrepEvaluation : decodeGoffEvaluation;
    expect(wordsOf(remote ?? decode(key, text))).toEqual(wordsOf(local.evaluate(key, whole)));
  });
});
