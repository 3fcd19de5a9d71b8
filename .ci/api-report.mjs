// Compares the public API of each entry point with its committed report, packages/<package>/api/<entry>.api.md.
// node .ci/api-report.mjs [--update] [--all]: the package in the current folder, or all; reads dist/esm.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { entriesOf, publicPackages, readManifest } from './packages.mjs';

const update = process.argv.includes('--update');
const compilerOptions = {
  target: 'ES2022',
  lib: ['ES2023'],
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
  strict: true,
  skipLibCheck: true,
};

function configOf(folder, entry) {
  const mainEntryPointFilePath = path.join(folder, entry.types);
  return ExtractorConfig.prepare({
    packageJsonFullPath: path.join(folder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath,
      compiler: { overrideTsconfig: { compilerOptions, files: [mainEntryPointFilePath] } },
      apiReport: {
        enabled: true,
        reportFileName: entry.name,
        reportFolder: path.join(folder, 'api'),
        reportTempFolder: path.join(folder, 'temp', 'api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-missing-release-tag': { logLevel: 'none' },
        },
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
}

/** Whether the report is the committed one, or was brought up to date. */
function reportIsFine(folder, manifest, entry) {
  const { apiReportChanged } = Extractor.invoke(configOf(folder, entry), {
    localBuild: update,
    messageCallback: (message) => {
      if (message.logLevel === 'error') console.error(message.text);
      message.handled = true;
    },
  });
  const report = path.join(path.basename(folder), 'api', `${entry.name}.api.md`);
  if (apiReportChanged)
    console.log(`${report} ${update ? 'updated' : 'does not match'} (${manifest.name} ${entry.subpath})`);
  return update || !apiReportChanged;
}

function packageIsFine({ folder, manifest }) {
  mkdirSync(path.join(folder, 'api'), { recursive: true });
  return entriesOf(manifest).filter((entry) => !reportIsFine(folder, manifest, entry)).length === 0;
}

const here = { folder: process.cwd(), manifest: readManifest(process.cwd()) };
const packages = process.argv.includes('--all') ? publicPackages() : [here];
const faulty = packages.filter((one) => !packageIsFine(one));
if (faulty.length > 0) {
  console.error('The public API changed. If that is meant: npm run api:update, and commit the report with the change.');
  process.exitCode = 1;
}
