import fc from 'fast-check';
import { compareCodePoints } from '../../src/text/code-point-order.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

test('texts are ordered as their UTF-8 bytes', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', 'é', '￮', '😀', '\ud83d', '\ude00', '\ufffd'),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
  });
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(Math.sign(Buffer.compare(bytes(left), bytes(right))));
    }),
  );
});
