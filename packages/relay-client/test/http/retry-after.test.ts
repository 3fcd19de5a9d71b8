import fc from 'fast-check';
import { retryAfterMs } from '../../src/index.ts';

const now = Date.UTC(2026, 0, 1);
const hour = 3_600_000;

test.each([
  ['0', 0],
  ['2', 2_000],
  [' 120 ', 120_000],
  ['1.5', 1_500],
  ['-5', 0],
  ['3601', hour],
  ['99999999999999999999', hour],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['Fri, 01 Jan 2027 00:00:00 GMT', hour],
  ['', undefined],
  [undefined, undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['0x10', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['2026-02-01', undefined],
])('Retry-After: %s is a wait of %s ms', (header, wait) => {
  expect(retryAfterMs(header, now)).toBe(wait);
});

test('whatever the header, no wait is longer than an hour or shorter than nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.date().map(String)), (header) => {
      const wait = retryAfterMs(header, now) ?? 0;
      expect(wait >= 0 && wait <= hour).toBe(true);
    }),
  );
});
