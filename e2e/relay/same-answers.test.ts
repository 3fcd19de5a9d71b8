// The same requests to the relay proxy and to the embedded relay, in three set-ups, their answers compared field by field.
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Relay } from '@halyard/relay';
import { createRelay } from '@halyard/relay';
import { eventually, recordingLogger } from '@halyard/testkit';
import { differences, revalidations, send } from './exchange.ts';
import { exchangesOf } from './exchanges.ts';
import { exportedLines } from './exported-events.ts';
import { freePort, isHealthy } from './relay-address.ts';
import { describeRelayProxy, relayProxyBinary } from './relay-proxy-binary.ts';
import { exportFile, exportFolder, setUps } from './set-ups.ts';
import type { SetUp } from './set-ups.ts';

jest.setTimeout(120_000);

interface Pair {
  readonly folder: string;
  readonly child: ChildProcess;
  readonly port: number;
  readonly embedded: Relay;
}

async function startPair(setUp: SetUp): Promise<Pair> {
  const { files, relayProxyConfig, options } = setUps[setUp];
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-same-'));
  for (const file of files) copyFileSync(path.join(__dirname, 'flags', file), path.join(folder, file));
  const port = await freePort();
  writeFileSync(path.join(folder, 'goff-proxy.yaml'), relayProxyConfig(port));
  const child = spawn(relayProxyBinary as string, ['--config', 'goff-proxy.yaml'], { cwd: folder, stdio: 'ignore' });
  await eventually('the relay proxy is healthy', () => isHealthy(`http://127.0.0.1:${port}`));
  const embedded = await createRelay({ ...options(folder), logger: recordingLogger() });
  return { folder, child, port, embedded };
}

describeRelayProxy('the embedded relay answers as the relay proxy', () => {
  describe.each(Object.keys(setUps) as SetUp[])('set-up: %s', (setUp) => {
    let pair: Pair;
    beforeAll(async () => void (pair = await startPair(setUp)));
    afterAll(async () => {
      pair.child.kill('SIGKILL');
      await pair.embedded.close();
      rmSync(pair.folder, { recursive: true, force: true });
    });

    test.each(exchangesOf(setUp).map((exchange) => [exchange.name, exchange] as const))(
      '%s',
      async (_name, exchange) => {
        const theirs = await send(pair.port, exchange);
        expect(differences(exchange, theirs, await send(pair.embedded.port, exchange))).toEqual([]);
        for (const again of revalidations(exchange, theirs)) {
          expect(differences(again, await send(pair.port, again), await send(pair.embedded.port, again))).toEqual([]);
        }
      },
    );

    if (setUp !== 'open') return;
    test('both have exported the same events', async () => {
      const ours = (): string[] => exportedLines(path.join(pair.folder, exportFile));
      const theirs = (): string[] =>
        exportedLines(...['feature', 'tracking'].map((kind) => path.join(pair.folder, exportFolder, `${kind}.json`)));
      await eventually('as many events', () => ours().length > 0 && ours().length === theirs().length);
      expect(ours()).toEqual(theirs());
    });
  });
});
