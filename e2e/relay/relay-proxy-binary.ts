// Where the real relay proxy is, and what to do where it is not.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const built = resolve(__dirname, '../.cache/relayproxy');
const named = process.env['HALYARD_RELAY_BIN'];

/** The relay proxy's program: the one that `HALYARD_RELAY_BIN` names, or the one that was built here. */
export const relayProxyBinary: string | undefined = named ?? (existsSync(built) ? built : undefined);

const ABSENT = '(needs the relay proxy: npm run parts, with Go)';

/** A suite against the real relay proxy: skipped by name where it is absent, a failure where it must be there. */
export function describeRelayProxy(name: string, suite: () => void): void {
  if (relayProxyBinary !== undefined) return describe(name, suite);
  if (process.env['CI'] === undefined) return test.skip(`${name} ${ABSENT}`, () => undefined);
  describe(name, () => {
    test('the relay proxy is there', () => {
      throw new Error(`no program at ${join('e2e', '.cache', 'relayproxy')}: npm run parts`);
    });
  });
}
