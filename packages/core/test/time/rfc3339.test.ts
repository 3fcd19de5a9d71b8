import fc from 'fast-check';

import { parseInstant, rfc3339Text } from '../../src/time/rfc3339.ts';
import { instantOfMillis } from '../../src/time/instant.ts';

const FIRST_MS = Date.UTC(2000, 0, 1) - 730_485 * 86_400_000;
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const isoOf = (ms: number): string => {
  const text = new Date(ms).toISOString();
  return text.startsWith('-') || text.startsWith('+') ? text.slice(3) : text;
};

test.each([
  ['1970-01-01T00:00:00Z', 0, 0],
  ['1970-01-01T00:00:00.000000001Z', 0, 1],
  ['1969-12-31T23:59:59.999999999Z', -1, 999_999_999],
  ['2025-06-15T12:30:00Z', 1_749_990_600, 0],
  ['2025-06-15T12:30:00.5Z', 1_749_990_600, 500_000_000],
  ['2025-06-15T12:30:00,25Z', 1_749_990_600, 250_000_000],
  ['2025-06-15T12:30:00.1234567899999Z', 1_749_990_600, 123_456_789],
  ['2025-06-15T12:30:00+00:00', 1_749_990_600, 0],
  ['2025-06-15T12:30:00-00:00', 1_749_990_600, 0],
  ['2025-06-15T14:30:00+02:00', 1_749_990_600, 0],
  ['2025-06-15T07:00:00-05:30', 1_749_990_600, 0],
  ['2025-06-15T9:05:00Z', 1_749_978_300, 0],
  ['2025-06-16T13:30:00+24:60', 1_749_990_600, 0],
  ['2024-02-29T00:00:00Z', 1_709_164_800, 0],
  ['2000-02-29T00:00:00Z', 951_782_400, 0],
  ['0000-02-29T00:00:00Z', -62_162_121_600, 0],
  ['0000-01-01T00:00:00Z', -62_167_219_200, 0],
  ['9999-12-31T23:59:59Z', 253_402_300_799, 0],
])('%s is read', (text, seconds, nanos) => {
  expect(parseInstant(text)).toEqual({ seconds, nanos });
});

test.each([
  '',
  'now',
  '2025-06-15',
  '2025-06-15T12:30Z',
  '2025-06-15 12:30:00Z',
  '2025-06-15t12:30:00Z',
  '2025-06-15T12:30:00z',
  '2025-06-15T12:30:00',
  '2025-06-15T12:30:00.Z',
  '2025-06-15T12:30:00,Z',
  '2025-06-15T12:30:0Z',
  '2025-06-15T12:3:00Z',
  '2025-06-15T:30:00Z',
  '2025-06-15T012:30:00Z',
  '2025-6-15T12:30:00Z',
  '25-06-15T12:30:00Z',
  '12025-06-15T12:30:00Z',
  '+002025-06-15T12:30:00Z',
  '2025-00-15T12:30:00Z',
  '2025-13-15T12:30:00Z',
  '2025-06-00T12:30:00Z',
  '2025-06-31T12:30:00Z',
  '2025-02-29T12:30:00Z',
  '1900-02-29T12:30:00Z',
  '2025-06-15T24:00:00Z',
  '2025-06-15T12:60:00Z',
  '2025-06-15T12:59:60Z',
  '2025-06-15T12:30:00+25:00',
  '2025-06-15T12:30:00+02:61',
  '2025-06-15T12:30:00+2:00',
  '2025-06-15T12:30:00+0200',
  '2025-06-15T12:30:00+02',
  '2025-06-15T12:30:00Z ',
  ' 2025-06-15T12:30:00Z',
  '2025-06-15T12:30:00Z\n',
  '２025-06-15T12:30:00Z',
])('%j is no date', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('every millisecond of the years 0000 to 9999 is read as Date reads it', () => {
  fc.assert(
    fc.property(fc.integer({ min: FIRST_MS, max: LAST_MS }), (ms) => {
      expect(parseInstant(isoOf(ms))).toEqual(instantOfMillis(ms));
    }),
    { numRuns: 2000 },
  );
});

test('every day from the year 1600 to 2399 is the day after the one before it', () => {
  const day = 86_400_000;
  for (let ms = Date.UTC(1600, 0, 1); ms < Date.UTC(2400, 0, 1); ms += day) {
    if (parseInstant(isoOf(ms))?.seconds !== ms / 1000) throw new Error(isoOf(ms));
  }
});

test('an offset moves the instant by exactly its hours and minutes', () => {
  const part = (n: number): string => String(n).padStart(2, '0');
  fc.assert(
    fc.property(fc.nat(24), fc.nat(60), fc.boolean(), (hours, minutes, ahead) => {
      const text = `2025-06-15T12:30:00${ahead ? '+' : '-'}${part(hours)}:${part(minutes)}`;
      const shift = (hours * 60 + minutes) * 60;
      expect(parseInstant(text)?.seconds).toBe(1_749_990_600 + (ahead ? -shift : shift));
    }),
  );
});

test('any text ends without an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseInstant(text) === undefined));
});

test('a fraction of a million digits is cut after nine', () => {
  expect(parseInstant(`1970-01-01T00:00:00.${'9'.repeat(1_000_000)}Z`)).toEqual({ seconds: 0, nanos: 999_999_999 });
});

describe('a date as it is written back', () => {
  test.each([
    ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00Z'],
    ['2026-01-31T2:00:00.500000000Z', '2026-01-31T02:00:00.5Z'],
    ['2026-01-31T12:00:00,1234567899Z', '2026-01-31T12:00:00.123456789Z'],
    ['2026-01-31T12:00:00.000+00:00', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00-00:00', '2026-01-31T12:00:00Z'],
    ['2026-01-31T12:00:00-07:30', '2026-01-31T12:00:00-07:30'],
    ['2026-01-31T12:00:00+01:60', '2026-01-31T12:00:00+02:00'],
  ])('%s becomes %s', (text, written) => {
    expect(rfc3339Text(text)).toBe(written);
  });

  test.each(['', '2026-02-30T00:00:00Z', '2026-01-31'])('%j is no date', (text) => {
    expect(rfc3339Text(text)).toBeUndefined();
  });
});
