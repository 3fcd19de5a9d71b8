// Builds the package in the current folder:
//   dist/esm   an ES module for each source, and the types: for bundlers, which leave out what is not used
//   dist/node  an ES module for each entry: Node takes its time for every file that it loads
//   dist/cjs   the same as CommonJS, and the types once more: there they count as those of CommonJS
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { rollup } from 'rollup';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** The compiled files that others load, by the path that they have in every folder, without extension. */
function entries() {
  const exported = Object.values(manifest.exports ?? {}).flatMap(({ '@halyard/source': source }) => source ?? []);
  const sources = [
    ...exported,
    ...Object.values(manifest.bin ?? {}).map((file) => file.replace(/^\.\/dist\/\w+/, './src')),
  ];
  const stems = sources.map((file) => file.replace('./src/', '').replace(/\.[jt]s$/, ''));
  return Object.fromEntries(stems.map((stem) => [stem, path.resolve('dist/esm', `${stem}.js`)]));
}

/** Compiled modules with the way back to their sources. */
const withSourceMaps = {
  name: 'with-source-maps',
  load(file) {
    if (!existsSync(`${file}.map`)) return null;
    const code = readFileSync(file, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
    return { code, map: JSON.parse(readFileSync(`${file}.map`, 'utf8')) };
  },
};

function compile() {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const options = ['-p', 'tsconfig.build.json', '--outDir', 'dist/esm'];
  const { status } = spawnSync(process.execPath, [tsc, ...options], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function bundle() {
  const build = await rollup({
    input: entries(),
    external: (id) => !/^[./]/.test(id) && !path.isAbsolute(id),
    plugins: [withSourceMaps],
    // what is imported for its effects is what others say of themselves
    treeshake: { moduleSideEffects: false },
    onLog: (_level, { message }) => {
      throw new Error(message);
    },
  });
  const shared = { sourcemap: true, chunkFileNames: 'chunks/[name].js' };
  await build.write({ ...shared, dir: 'dist/node', format: 'es' });
  // where require is all there is, in Jest for instance, import() would fail
  await build.write({ ...shared, dir: 'dist/cjs', format: 'cjs', exports: 'named', dynamicImportInCjs: false });
  await build.close();
}

rmSync('dist', { recursive: true, force: true });
compile();
await bundle();
cpSync('dist/esm', 'dist/cjs', { recursive: true, filter: (file) => !/\.js(\.map)?$/.test(file) });
writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
