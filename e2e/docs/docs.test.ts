import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { documentationPages, documentedExamples } from './examples.ts';

const run = promisify(execFile);
const root = path.resolve(__dirname, '../..');

const programs = documentedExamples().flatMap(({ page, files, programs: outputs }) =>
  [...outputs].map(([program, output]) => ({ page, program, output, files })),
);

test('there are examples', () => {
  expect(programs.length).toBeGreaterThan(5);
});

test.each(programs)(
  '$program of $page runs and prints what the page says',
  async ({ program, output, files }) => {
    // inside e2e, so that the packages resolve as they would for a user
    const folder = mkdtempSync(path.join(__dirname, '.example-'));
    try {
      for (const [name, content] of files) writeFileSync(path.join(folder, name), content);
      const args = program.includes('.test.') ? ['--test', program] : [program];
      const { stdout } = await run(process.execPath, args, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } });
      if (output !== undefined) expect(stdout).toBe(output);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  60_000,
);

test.each(documentationPages())('the links of %s lead somewhere', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
  const broken = targets.filter(
    (target) => !/^https?:/.test(target) && !existsSync(path.resolve(root, path.dirname(page), target)),
  );
  expect(broken).toEqual([]);
});
