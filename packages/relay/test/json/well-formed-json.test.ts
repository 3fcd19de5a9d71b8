import fc from 'fast-check';
import { wellFormedReviver } from '@halyard/core';
import { parseWellFormedJson } from '../../src/json/well-formed-json.ts';

const pieces = fc.array(
  fc.constantFrom(
    ...[String.raw`\ud800`, String.raw`\uDC00`, String.raw`\uD83d\ude00`, String.raw`\\`, String.raw`\\ud800`],
    ...[String.raw`\"`, String.raw`\u0041`, 'ud800', '😀', 'a'],
  ),
  { maxLength: 8 },
);

test('mends a text as a reviver would mend the value', () => {
  fc.assert(
    fc.property(pieces, pieces, (one, other) => {
      const text = `{"${one.join('')}":["${other.join('')}",{"${other.join('')}":"${one.join('')}"}]}`;
      expect(parseWellFormedJson(text)).toEqual(JSON.parse(text, wellFormedReviver));
    }),
    { numRuns: 1_000 },
  );
});
