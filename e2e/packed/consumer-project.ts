// A folder of a user: the packed packages installed with npm, and the sources of consumer/.
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { publicPackages, readManifest, root } from './public-packages.ts';
import { runCommand } from './run-command.ts';

export interface ConsumerProject {
  readonly folder: string;
  remove(): void;
}

const quiet = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };

async function buildPackages(): Promise<void> {
  const turbo = path.join(root, 'node_modules', '.bin', 'turbo');
  await runCommand(turbo, ['run', 'build', '--output-logs=errors-only'], { cwd: root, env: quiet });
}

/** @returns for each package the path of its tarball */
async function packPackages(destination: string): Promise<Readonly<Record<string, string>>> {
  const tarballs: Record<string, string> = {};
  for (const { folder, manifest } of publicPackages()) {
    const report = await runCommand('pnpm', ['pack', '--json', '--pack-destination', destination], { cwd: folder });
    const { filename } = JSON.parse(report) as { filename: string };
    tarballs[manifest.name] = `file:${path.resolve(destination, filename)}`;
  }
  return tarballs;
}

function peers(): Readonly<Record<string, string>> {
  const sdks = Object.entries(readManifest(path.join(root, 'e2e')).dependencies ?? {});
  const { '@types/node': nodeTypes = '' } = readManifest(root).devDependencies ?? {};
  return { ...Object.fromEntries(sdks.filter(([name]) => name.startsWith('@openfeature/'))), '@types/node': nodeTypes };
}

/** Builds, packs and installs; takes about ten seconds. */
export async function consumerProject(): Promise<ConsumerProject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-consumer-'));
  await buildPackages();
  const dependencies = { ...peers(), ...(await packPackages(path.join(folder, 'tarballs'))) };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await runCommand('npm', install, { cwd: folder });
  cpSync(path.join(__dirname, 'consumer'), folder, { recursive: true });
  // the same declarations have to hold for both module kinds
  for (const file of consumerFiles('types')) {
    const source = path.join(folder, 'types', file);
    copyFileSync(source, source.replace(/\.mts$/, '.cts'));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The files of a folder of consumer/, by name. */
export function consumerFiles(folder: 'run' | 'types'): readonly string[] {
  return readdirSync(path.join(__dirname, 'consumer', folder)).sort();
}
