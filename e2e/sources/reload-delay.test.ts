import { join } from 'node:path';
import { runCommand } from '../packed/run-command.ts';

interface Measured {
  readonly reloadMs: number;
  readonly parseMs: number;
  readonly changed: number;
}

test('loading 10,000 flags anew holds up evaluations for little longer than decoding their text does', async () => {
  const program = join(__dirname, 'reload-delay.mjs');
  const output = await runCommand(process.execPath, ['--unhandled-rejections=strict', program], { cwd: __dirname });
  const { reloadMs, parseMs, changed } = JSON.parse(output) as Measured;
  expect(changed).toBe(50_000);
  expect(reloadMs).toBeLessThan(4 * parseMs);
}, 120_000);
