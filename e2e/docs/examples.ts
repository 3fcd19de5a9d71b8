import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The files of a documentation page, and what running each program prints. */
export interface PageExamples {
  readonly page: string;
  readonly files: ReadonlyMap<string, string>;
  /** Program → what it prints; undefined where the page does not say. */
  readonly programs: ReadonlyMap<string, string | undefined>;
}

const block = /^```(\w+) (\S+)\n([\s\S]*?)^```$/gm;

function examplesOf(page: string): PageExamples {
  const text = readFileSync(path.join(root, page), 'utf8');
  const files = new Map<string, string>();
  const programs = new Map<string, string | undefined>();
  let last: string | undefined;
  for (const [, language, name = '', content = ''] of text.matchAll(block)) {
    if (language === 'text' && name === 'output' && last !== undefined) {
      programs.set(last, content);
      continue;
    }
    files.set(name, content);
    last = language === 'js' ? name : undefined;
    if (last !== undefined) programs.set(last, undefined);
  }
  return { page, files, programs };
}

/** Every page with examples: a code block is a file if its fence names one, and the output block behind it its output. */
export function documentedExamples(): readonly PageExamples[] {
  const guides = readdirSync(path.join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);
  const packages = readdirSync(path.join(root, 'packages')).map((name) => `packages/${name}/README.md`);
  const pages = ['README.md', ...guides, ...packages.filter((page) => !page.includes('testkit'))];
  return pages.map(examplesOf).filter(({ programs }) => programs.size > 0);
}

/** All pages a reader can come to. */
export function documentationPages(): readonly string[] {
  const inDocs = readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', ...inDocs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)];
}
