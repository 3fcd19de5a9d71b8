// Every rule that keeps the architecture and the house style fires on a planted fault, and only there.
import { findings } from './planted-tree.ts';

const SLOW = 120_000;
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `export const a${index} = 0;`).join('\n');
const longFunction = `export function long(): number {\n${'  String(0);\n'.repeat(45)}  return 0;\n}\n`;
const sample = 'export const sample = 0;\n';

/** [rule, planted file, its text] */
const faults: readonly (readonly [string, string, string])[] = [
  ['eslint(max-lines)', 'text/long-file.ts', lines(201)],
  ['eslint(max-lines-per-function)', 'text/long-function.ts', longFunction],
  [
    'eslint(max-params)',
    'text/many-params.ts',
    'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1): number[] => [a, b, c, d, e];\n',
  ],
  [
    'eslint(max-depth)',
    'text/deep.ts',
    'export function f(a: boolean): void {\n  if (a) { if (!a) { if (a) { if (!a) { String(a); } } } }\n}\n',
  ],
  ['import(no-cycle)', 'text/cycle-a.ts', "import { b } from './cycle-b.ts';\nexport const a = (): number => b();\n"],
  ['import(no-cycle)', 'text/cycle-b.ts', "import { a } from './cycle-a.ts';\nexport const b = (): number => a();\n"],
  [
    'typescript(no-floating-promises)',
    'text/floating.ts',
    'const later = async (): Promise<void> => undefined;\nexport const f = (): void => {\n  later();\n};\n',
  ],
  [
    'typescript(switch-exhaustiveness-check)',
    'text/forgotten-case.ts',
    "export function f(a: 'x' | 'y'): number {\n  switch (a) {\n    case 'x':\n      return 1;\n  }\n  return 2;\n}\n",
  ],
  [
    'typescript(consistent-type-imports)',
    'text/value-import.ts',
    "import { Sample } from './sample-type.ts';\nexport const f = (sample: Sample): number => sample.size;\n",
  ],
  ['typescript(no-explicit-any)', 'text/any.ts', 'export const f = (a: any): unknown => a;\n'],
  ['unicorn(filename-case)', 'text/camelCase.ts', sample],
  ['eslint(no-console)', 'platform/node/console.ts', "console.log('hello');\nexport {};\n"],
  ['eslint(no-eval)', 'text/eval.ts', "export const f = (): unknown => eval('1');\n"],
  ['eslint(no-new-func)', 'text/new-function.ts', "export const f = new Function('return 1');\n"],
  ['eslint(no-restricted-globals)', 'text/process.ts', 'export const f = process.pid;\n'],
  ['eslint(no-restricted-globals)', 'platform/web/process.ts', 'export const f = process.pid;\n'],
  ['eslint(no-restricted-globals)', 'engine/timer.ts', 'export const f = (): unknown => setTimeout(String, 1);\n'],
  ['eslint(no-restricted-properties)', 'engine/date.ts', 'export const f = (): number => Date.now();\n'],
  ['eslint(no-restricted-properties)', 'engine/random.ts', 'export const f = (): number => Math.random();\n'],
];

/** [rule, planted test file, its text] */
const testFaults: readonly (readonly [string, string, string])[] = [
  ['eslint(max-lines)', 'long.test.ts', lines(301)],
  ['jest(no-focused-tests)', 'focused.test.ts', "test.only('a', () => expect(1).toBe(1));\n"],
  ['jest(no-disabled-tests)', 'disabled.test.ts', "test.skip('a', () => expect(1).toBe(1));\n"],
  [
    'jest(no-identical-title)',
    'titles.test.ts',
    "test('a', () => expect(1).toBe(1));\ntest('a', () => expect(1).toBe(1));\n",
  ],
];

const places = new Map<string, string>([
  ['packages/core/src/text/sample-type.ts', 'export interface Sample {\n  readonly size: number;\n}\n'],
  ...faults.map(([, file, text]) => [`packages/core/src/${file}`, text] as const),
  ...testFaults.map(([, file, text]) => [`packages/core/test/${file}`, text] as const),
]);

let found: ReadonlyMap<string, readonly string[]>;

beforeAll(() => {
  found = findings(Object.fromEntries(places));
}, SLOW);

test.each(faults)('%s fires on %s', (rule, file) => {
  expect(found.get(`packages/core/src/${file}`)).toContain(rule);
});

test.each(testFaults)('%s fires on the test %s', (rule, file) => {
  expect(found.get(`packages/core/test/${file}`)).toContain(rule);
});

test('no rule fires on a faultless file', () => {
  expect(found.get('packages/core/src/text/sample-type.ts')).toBeUndefined();
});
