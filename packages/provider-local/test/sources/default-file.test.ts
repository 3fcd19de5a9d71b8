import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordingLogger } from '@halyard/testkit';
import { LocalProvider } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder();
const workingDirectory = process.cwd();
const variable = process.env['HALYARD_FLAGS'];

beforeEach(() => {
  process.chdir(folder());
  delete process.env['HALYARD_FLAGS'];
});

afterEach(() => {
  process.chdir(workingDirectory);
  if (variable !== undefined) process.env['HALYARD_FLAGS'] = variable;
  else delete process.env['HALYARD_FLAGS'];
});

async function answerOfDefault(): Promise<unknown> {
  const provider = new LocalProvider({ logger: recordingLogger() });
  await provider.initialize();
  const { value } = provider.evaluate('flag', false);
  await provider.onClose();
  return value;
}

test.each(['flags.yaml', 'flags.yml', 'flags.json'])('without a source, ./%s is read', async (name) => {
  writeFileSync(name, JSON.stringify({ flag: switchedTo(true) }));
  expect(await answerOfDefault()).toBe(true);
});

test('without a source, ./flags.toml is read', async () => {
  writeFileSync('flags.toml', '[flag]\nvariations = { on = true }\ndefaultRule = { variation = "on" }\n');
  expect(await answerOfDefault()).toBe(true);
});

test('HALYARD_FLAGS comes first', async () => {
  writeFileSync('flags.yaml', JSON.stringify({ flag: switchedTo(false) }));
  writeFileSync('mine.json', JSON.stringify({ flag: switchedTo(true) }));
  process.env['HALYARD_FLAGS'] = join(folder(), 'mine.json');
  expect(await answerOfDefault()).toBe(true);
});

test('where there is none, the error names them all', async () => {
  await expect(answerOfDefault()).rejects.toThrow(/flags\.yaml, flags\.yml, flags\.json, flags\.toml/);
});
