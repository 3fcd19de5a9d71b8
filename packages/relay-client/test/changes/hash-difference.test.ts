import fc from 'fast-check';
import { hashDifference } from '../../src/changes/hash-difference.ts';

const hashes = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'toString', ''), fc.integer({ min: 0, max: 3 }))
  .map((flags) => new Map(Object.entries(flags)));

test('the difference is every flag that has another hash, or a hash on one side only, once', () => {
  fc.assert(
    fc.property(hashes, hashes, (before, after) => {
      const all = new Set([...before.keys(), ...after.keys()]);
      const expected = [...all].filter((flag) => before.get(flag) !== after.get(flag));
      expect(hashDifference(before, after).sort()).toEqual(expected.sort());
    }),
  );
});
