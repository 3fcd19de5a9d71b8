import { describePublished, publishedCases, recordingLogger } from '@halyard/testkit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalProvider } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

interface FlagFile {
  readonly id: string;
  readonly text: string;
}

const folder = temporaryFolder();

async function open(file: FlagFile): Promise<LocalProvider> {
  const path = join(folder(), file.id.split('/').at(-1) ?? file.id);
  writeFileSync(path, file.text);
  const provider = new LocalProvider({ source: path, pollIntervalMs: 0, logger: recordingLogger() });
  await provider.initialize();
  return provider;
}

const contexts = [{ targetingKey: 'random-key' }, { targetingKey: 'not-a-key' }, { targetingKey: 'someone' }];

describePublished('the published flag files', () => {
  const files = publishedCases<FlagFile>('engine/flag-files.json');
  const valid = files.filter(({ id }) => !id.startsWith('invalid'));

  test.each(valid)('$id loads whole', async (file) => {
    const provider = await open(file);
    expect(provider.diagnostics().filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(provider.snapshot().keys().length).toBeGreaterThan(0);
    await provider.onClose();
  });

  test.each(files.filter(({ id }) => id === 'invalid-flag-config.json'))('$id is refused', async (file) => {
    await expect(open(file)).rejects.toMatchObject({ code: 'PARSE_ERROR' });
  });

  test.each(files.filter(({ id }) => id === 'invalid-flag-config.yaml'))(
    'the only flag of $id is left out',
    async (file) => {
      const provider = await open(file);
      expect(provider.snapshot().keys()).toEqual([]);
      expect(provider.diagnostics()).toMatchObject([{ code: 'variation-null', position: { line: 5 } }]);
      await provider.onClose();
    },
  );

  test('one set of flags gives the same answers from YAML, JSON and TOML', async () => {
    const answers = [];
    for (const file of files.filter(({ id }) => /^flag-config\.(yaml|json|toml)$/.test(id))) {
      const provider = await open(file);
      // variation names differ in case between the published files; values do not
      answers.push(
        contexts.map((context) =>
          Object.values(provider.evaluateAll(context)).map(({ value, reason }) => ({ value, reason })),
        ),
      );
      await provider.onClose();
    }
    expect(answers).toHaveLength(3);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });
});
