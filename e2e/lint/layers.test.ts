// Who may import whom: the forbidden directions are refused, the allowed ones are not.
import { findings } from './planted-tree.ts';

const SLOW = 120_000;
type Case = readonly [name: string, source: string, text: string];

/** [package, importing source, its text] */
const forbiddenImports: readonly Case[] = [
  ['core', 'text/a.ts', "import '../engine/sample.ts';"],
  ['core', 'text/a.ts', "import '../server/sample.ts';"],
  ['core', 'text/a.ts', "import '../platform/sample.ts';"],
  ['core', 'dialects/goff/a.ts', "import type { Sample } from '../../engine/sample-type.ts';\nexport type A = Sample;"],
  ['core', 'dialects/goff/a.ts', "export * from '../../engine/sample.ts';"],
  ['core', 'dialects/goff/a.ts', "export const a = import('../../engine/sample.ts');"],
  ['core', 'engine/a.ts', "import '../server/sample.ts';"],
  ['core', 'engine/a.ts', "import '../platform/sample.ts';"],
  ['core', 'ports/a.ts', "import '../text/sample.ts';"],
  ['core', 'platform/a.ts', "import '../text/sample.ts';"],
  ['core', 'platform/node/a.ts', "import '../../engine/sample.ts';"],
  ['core', 'platform/a.ts', "import './node/sample.ts';"],
  ['core', 'server/a.ts', "import '../web/sample.ts';"],
  ['core', 'web/a.ts', "import '../platform/node/sample.ts';"],
  ['core', 'text/a.ts', "import '../index.ts';"],
  ['core', 'text/a.ts', "import 'node:fs';"],
  ['core', 'platform/a.ts', "import 'node:fs';"],
  ['core', 'text/a.ts', "import 'yaml';"],
  ['core', 'server/a.ts', "import '@openfeature/server-sdk';"],
  ['core', 'text/a.ts', "import '@halyard/cache';"],
  ['core', 'text/a.ts', "import '@halyard/testkit';"],
  ['core', 'text/a.ts', "import '../../test/sample.ts';"],
  ['cache', 'engine/a.ts', "import '@halyard/hooks';"],
  ['hooks', 'engine/a.ts', "import '@halyard/provider-local';"],
  ['relay-client', 'engine/a.ts', "import '@halyard/cache';"],
  ['provider-local', 'engine/a.ts', "import '@halyard/provider-remote';"],
  ['provider-local', 'engine/a.ts', "import '../../../core/src/text/sample.ts';"],
  ['provider-local', 'engine/a.ts', "import '@openfeature/server-sdk';"],
  ['provider-remote', 'engine/a.ts', "import '@halyard/provider-local';"],
  ['relay', 'engine/a.ts', "import '@halyard/cli';"],
  ['cli', 'engine/a.ts', "import '@halyard/provider-remote';"],
];

const allowedImports: readonly Case[] = [
  ['core', 'index.ts', "import './text/sample.ts';\nimport './platform/sample.ts';"],
  ['core', 'text/a.ts', "import type { Sample } from '../ports/sample-type.ts';\nexport type A = Sample;"],
  ['core', 'ports/a.ts', "import type { Sample } from '../text/sample-type.ts';\nexport type A = Sample;"],
  ['core', 'engine/a.ts', "import '../text/sample.ts';"],
  [
    'core',
    'server/a.ts',
    "import '../engine/sample.ts';\nimport '../text/sample.ts';\nimport '../platform/node/sample.ts';",
  ],
  [
    'core',
    'platform/node/a.ts',
    "import 'node:fs';\nimport type { Sample } from '../../ports/sample-type.ts';\nexport type A = Sample;",
  ],
  ['core', 'server/a.ts', "import '@openfeature/core';"],
  [
    'provider-local',
    'server/a.ts',
    "import '@halyard/core';\nimport '@halyard/hooks';\nimport '@openfeature/server-sdk';",
  ],
  ['provider-local', 'documents/a.ts', "import 'yaml';"],
  ['provider-remote', 'engine/a.ts', "import '@halyard/relay-client';\nimport '@halyard/cache';"],
  ['relay', 'engine/a.ts', "import '@halyard/provider-local';"],
  ['cli', 'engine/a.ts', "import '@halyard/relay';"],
];

const folders = ['text', 'engine', 'server', 'web', 'ports', 'platform', 'platform/node', 'platform/web'];
const samples = folders.flatMap((folder) => [
  [`packages/core/src/${folder}/sample.ts`, 'export const sample = 0;\n'],
  [`packages/core/src/${folder}/sample-type.ts`, 'export interface Sample {\n  readonly size: number;\n}\n'],
]);

const forbidden = forbiddenImports.map(([name, source, text], index) => ({
  name,
  source,
  text,
  file: fileOf(name, source, index),
}));
const allowed = allowedImports.map(([name, source, text], index) => ({
  name,
  source,
  text,
  file: fileOf(name, source, 100 + index),
}));
let found: ReadonlyMap<string, readonly string[]>;

/** A file of its own for each case, where several import from the same place. */
function fileOf(name: string, source: string, index: number): string {
  return `packages/${name}/src/${source.replace(/a\.ts$/, `a${index}.ts`)}`;
}

beforeAll(() => {
  const planted = [...forbidden, ...allowed].map(({ file, text }) => [file, `${text}\n`]);
  found = findings(Object.fromEntries([...samples, ...planted]));
}, SLOW);

test.each(forbidden)('$name: $source must not say $text', ({ file }) => {
  expect(found.get(file)).toEqual(['halyard(layers)']);
});

test.each(allowed)('$name: $source may say $text', ({ file }) => {
  expect(found.get(file)).toBeUndefined();
});
