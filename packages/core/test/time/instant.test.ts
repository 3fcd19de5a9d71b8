import fc from 'fast-check';

import { compareInstants, instantOfMillis } from '../../src/time/instant.ts';

test.each([
  [0, 0, 0],
  [1, 0, 1_000_000],
  [999, 0, 999_000_000],
  [1000, 1, 0],
  [-1, -1, 999_000_000],
  [-1000, -1, 0],
  [-1001, -2, 999_000_000],
  [1.9, 0, 1_000_000],
])('%d ms is the instant %d s and %d ns', (ms, seconds, nanos) => {
  expect(instantOfMillis(ms)).toEqual({ seconds, nanos });
});

test('instants compare by seconds first, then by nanoseconds', () => {
  expect(compareInstants({ seconds: 1, nanos: 0 }, { seconds: 0, nanos: 999_999_999 })).toBeGreaterThan(0);
  expect(compareInstants({ seconds: 1, nanos: 1 }, { seconds: 1, nanos: 2 })).toBeLessThan(0);
  expect(compareInstants({ seconds: -1, nanos: 5 }, { seconds: -1, nanos: 5 })).toBe(0);
});

test('instants of milliseconds compare as the milliseconds do', () => {
  const ms = fc.integer({ min: -8_640_000_000_000_000, max: 8_640_000_000_000_000 });
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      expect(Math.sign(compareInstants(instantOfMillis(a), instantOfMillis(b)))).toBe(Math.sign(a - b));
    }),
  );
});
