import fc from 'fast-check';
import { fnv1a } from '../../src/hash/fnv1a.ts';
import { compileShares } from '../../src/bucketing/shares.ts';
import { sharesOf } from '../../src/dialects/goff/evaluation/percentage.ts';
import vectors from '../vectors/goff-hashes.json' with { type: 'json' };

/** The same hash written down a second time: over encoded bytes, in exact integers. */
function referenceHash(text: string): number {
  let hash = 2166136261n;
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 16777619n) & 0xffffffffn;
  return Number(hash);
}

test.each(vectors.hashes)('the hash of "$text" is $hash', ({ text, hash }) => {
  expect(fnv1a(text)).toBe(hash);
});

test('it agrees with a second implementation on any Unicode text, unpaired surrogates included', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (text, units) => {
        expect(fnv1a(text)).toBe(referenceHash(text));
        expect(fnv1a(units)).toBe(referenceHash(units));
      },
    ),
  );
});

test('a hash can be continued behind a prefix whose last unit is complete', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (prefix, rest) => {
      expect(fnv1a(rest, fnv1a(prefix))).toBe(referenceHash(prefix + rest));
    }),
  );
});

test.each(vectors.assignments)('$key gets $variation of a 50/50 split', ({ key, bucket, variation }) => {
  const percentage = new Map([
    ['A', 50],
    ['B', 50],
  ]);
  const { modulus, shares } = sharesOf(percentage);
  expect(fnv1a(key, fnv1a('f')) % 100_000).toBe(bucket);
  expect(shares[compileShares(modulus, shares, fnv1a('f'))(key)]?.variation).toBe(variation);
});
