// Builds the GO Feature Flag relay proxy from its Go module into e2e/.cache, once per version. Needs Go; takes about
// five minutes the first time. node e2e/relay/build-relay.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '1.55.2';
const here = path.dirname(fileURLToPath(import.meta.url));
const module = path.join(here, 'proxy');
const binary = path.join(here, '..', '.cache', 'relayproxy');
const stamp = `${binary}.stamp`;

const wanted = createHash('sha256')
  .update(VERSION)
  .update(readFileSync(path.join(module, 'go.mod')))
  .update(readFileSync(path.join(module, 'go.sum')))
  .digest('hex');

function isBuilt() {
  return existsSync(binary) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
}

function build() {
  mkdirSync(path.dirname(binary), { recursive: true });
  const unfinished = `${binary}.${process.pid}`;
  const flags = `-s -w -X main.version=${VERSION}`;
  const source = 'github.com/thomaspoignant/go-feature-flag/cmd/relayproxy';
  const { status, error } = spawnSync(
    'go',
    ['build', '-buildvcs=false', `-ldflags=${flags}`, '-o', unfinished, source],
    {
      cwd: module,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (error !== undefined)
    console.error(`cannot run go (${error.message}); the relay proxy is built with Go 1.26 or newer`);
  if (status !== 0) return false;
  renameSync(unfinished, binary);
  writeFileSync(stamp, wanted);
  return true;
}

if (!isBuilt() && !build()) process.exitCode = 1;
else console.log(`the relay proxy ${VERSION} is there`);
