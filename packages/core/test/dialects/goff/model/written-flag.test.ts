import { writtenFlag } from '../../../../src/dialects/goff/model/written-flag.ts';

const written = (definition: unknown, naming: 'exact' | 'any-case' = 'exact'): unknown =>
  writtenFlag({ definition, naming });

test('properties stand in the order of the relay, under their right names', () => {
  const flag = {
    METADATA: { b: 1, a: { c: [null] } },
    version: '1',
    Disable: false,
    trackevents: true,
    scheduledRollout: [],
    defaultRule: { DISABLE: false, Percentage: { b: 1, a: null }, query: 'q', Name: 'n', variation: 'a' },
    bucketingKey: '',
    TARGETING: [{ progressiveRollout: { END: { Date: '2020-01-01T00:00:00Z', percentage: 0 }, initial: null } }],
    Variations: { z: null, a: 1 },
  };
  expect(JSON.stringify(written(flag, 'any-case'))).toBe(
    JSON.stringify({
      variations: { z: null, a: 1 },
      targeting: [{ progressiveRollout: { end: { percentage: 0, date: '2020-01-01T00:00:00Z' } } }],
      bucketingKey: '',
      defaultRule: { name: 'n', query: 'q', variation: 'a', percentage: { b: 1, a: 0 }, disable: false },
      scheduledRollout: [],
      trackEvents: true,
      disable: false,
      version: '1',
      metadata: { b: 1, a: { c: [null] } },
    }),
  );
});

test('null and unknown properties are left out, empty ones stay', () => {
  expect(
    written({ variations: {}, targeting: [], metadata: {}, version: null, unknown: 1, experimentation: null }),
  ).toEqual({
    variations: {},
    targeting: [],
    metadata: {},
  });
  expect(written({ Variations: {} })).toEqual({});
});

test('steps are written whole, their date last', () => {
  const step = {
    date: '2020-01-01T00:00:00Z',
    metadata: { a: 1 },
    bucketingKey: 'x',
    scheduledRollout: [null],
    disable: true,
  };
  expect(JSON.stringify(written({ scheduledRollout: [step, null] }))).toBe(
    '{"scheduledRollout":[{"bucketingKey":"x","scheduledRollout":[{}],"disable":true,"metadata":{"a":1},' +
      '"date":"2020-01-01T00:00:00Z"},{}]}',
  );
});

test('dates keep their offset and lose what they do not need', () => {
  const experimentation = { start: '2020-01-01T1:02:03,1200-00:00', end: '2020-01-01T00:00:00.1234567891+05:45' };
  expect(written({ experimentation })).toEqual({
    experimentation: { start: '2020-01-01T01:02:03.12Z', end: '2020-01-01T00:00:00.123456789+05:45' },
  });
});

test.each([[null], [1], ['flag'], [[]]])('%j is no flag', (definition) => {
  expect(written(definition)).toBeUndefined();
});
