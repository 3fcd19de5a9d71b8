// All packages and e2e in one run.
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');
const packages = readdirSync(path.join(root, 'packages')).map((name) => path.join('packages', name));

module.exports = {
  rootDir: root,
  // much of the time is waiting for other processes: a core to spare would only be idle
  maxWorkers: '100%',
  projects: [...packages, 'e2e']
    .filter((folder) => existsSync(path.join(root, folder, 'jest.config.cjs')))
    .map((folder) => `<rootDir>/${folder.split(path.sep).join('/')}`),
};
