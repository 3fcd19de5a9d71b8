import fc from 'fast-check';
import { WaitingLine } from '../../../src/platform/node/waiting-line.ts';

test('whoever comes and leaves, it is always the turn of who has waited longest', () => {
  const step = fc.oneof(fc.constant('join'), fc.constant('first'), fc.nat(20));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const line = new WaitingLine<number>();
      let expected: number[] = [];
      for (const [who, taken] of steps.entries()) {
        if (taken === 'join') {
          line.join(who);
          expected.push(who);
        } else if (taken === 'first') {
          expect(line.first()).toBe(expected.shift());
        } else {
          const leaver = expected[Number(taken)] ?? -1;
          line.leave(leaver);
          expected = expected.filter((other) => other !== leaver);
        }
        expect(line.size).toBe(expected.length);
      }
    }),
  );
});
