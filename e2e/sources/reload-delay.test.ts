import { join } from 'node:path';
import { runCommand } from '../packed/run-command.ts';

interface Measured {
  readonly reloadMs: number;
  readonly parseMs: number;
  readonly changed: number;
}

test.each(['goff', 'ruleset'])(
  'loading 10,000 flags anew (%s) holds up evaluations for little longer than decoding their text does',
  async (dialect) => {
    const args = ['--unhandled-rejections=strict', join(__dirname, 'reload-delay.mjs'), dialect];
    const { reloadMs, parseMs, changed } = JSON.parse(
      await runCommand(process.execPath, args, { cwd: __dirname }),
    ) as Measured;
    expect(changed).toBe(50_000);
    // the goal is 10 ms more; a test on a busy machine has to be more generous than a measurement
    expect(reloadMs).toBeLessThan(4 * parseMs + 10);
  },
  120_000,
);
