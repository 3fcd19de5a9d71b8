// Brings what some tests want of Debian's packages, if it is not there: the servers Redis and PostgreSQL, openssl, and
// what makes networks (iproute2, nftables) and clocks (libfaketime) go wrong.
// Needs Debian and root. node e2e/sources/install-servers.mjs
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const onPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** Debian keeps the programs of PostgreSQL off the path, in a folder for each version. */
function hasPostgres() {
  const folder = '/usr/lib/postgresql';
  if (onPath('postgres') && onPath('initdb')) return true;
  return (
    existsSync(folder) && readdirSync(folder).some((version) => existsSync(path.join(folder, version, 'bin/initdb')))
  );
}

/** A library for each architecture, which no path leads to. */
function hasFakeTime() {
  const folder = '/usr/lib';
  const folders = existsSync(folder) ? readdirSync(folder) : [];
  return folders.some((name) => existsSync(path.join(folder, name, 'faketime/libfaketimeMT.so.1')));
}

const missing = [
  ...(onPath('openssl') ? [] : ['openssl']),
  ...(onPath('redis-server') ? [] : ['redis-server']),
  ...(hasPostgres() ? [] : ['postgresql']),
  ...(onPath('ip') ? [] : ['iproute2']),
  ...(onPath('nft') ? [] : ['nftables']),
  ...(hasFakeTime() ? [] : ['libfaketime']),
];

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, error } = spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error !== undefined) console.error(`cannot run apt-get: ${error.message}`);
  return status === 0;
}

if (missing.length > 0) {
  const isDone = apt('update', '-q') && apt('install', '-y', '-q', '--no-install-recommends', ...missing);
  if (!isDone) process.exitCode = 1;
}
if (process.exitCode === undefined)
  console.log('Redis, PostgreSQL, openssl, iproute2, nftables and libfaketime are there');
