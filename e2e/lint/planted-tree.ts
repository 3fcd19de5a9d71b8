// A small tree with the repository's own lint configuration, in which faults can be planted.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Rule names by file, as oxlint reports them for `files` (path → text): `eslint(max-lines)`. */
export function findings(files: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'halyard-lint-'));
  try {
    for (const file of ['.oxlintrc.json', 'tsconfig.base.json', '.ci/lint', 'packages/core/tsconfig.json']) {
      cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), text);
    }
    return lint(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lint(folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { filename, code } of reportOn(folder)) found.set(filename, [...(found.get(filename) ?? []), code]);
  return found;
}

function reportOn(folder: string): readonly { filename: string; code: string }[] {
  const oxlint = path.join(root, 'node_modules', 'oxlint', 'bin', 'oxlint');
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, '--format=json', 'packages'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (!stdout.startsWith('{')) throw new Error(`oxlint did not report: ${stdout}${stderr}`);
  return (JSON.parse(stdout) as { diagnostics: readonly { filename: string; code: string }[] }).diagnostics;
}
