import { runHalyard } from '@halyard/cli';
import { collectedHost } from './collected-host.ts';
import { flagFolder } from './flag-folder.ts';
import type { Ran } from './flag-folder.ts';

const { write, path, read } = flagFolder();

const asYaml = '# flags\ngood: { variations: { on: true }, defaultRule: { variation: on } }\n';
const asJson = '\n{ "good": { "variations": { "on": true }, "defaultRule": { "variation": "on" } } }';
const asToml = '# flags\n\n[good.variations]\non = true\n[good.defaultRule]\nvariation = "on"\n';

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  // a piece may end within a letter
  for (let index = 0; index < bytes.length; index += 7) yield bytes.subarray(index, index + 7);
}

async function ranWith(input: string | Uint8Array, ...args: readonly string[]): Promise<Ran> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  const { host, out, err } = collectedHost({ stdin: inPieces(bytes) });
  return { code: await runHalyard(args, host), out: out(), err: err() };
}

const answer = 'value     true\nvariant   on\nreason    STATIC\n';

test.each([
  ['YAML', asYaml],
  ['JSON', asJson],
  ['TOML', asToml],
  ['TOML without tables', 'good.variations.on = true\ngood.defaultRule.variation = "on"\n'],
  ['YAML in braces', '{ good: { variations: { on: true }, defaultRule: { variation: on } } }'],
  ['YAML with an equals sign in a key', '"a=b": {variations: {x: 1}, defaultRule: {variation: x}}\n' + asYaml],
])('flags are read from standard input as %s', async (_format, text) => {
  expect(await ranWith(text, 'eval', '-', 'good')).toEqual({ code: 0, out: answer, err: '' });
});

test('what is wrong with standard input has its place', async () => {
  expect(await ranWith('é: { variations: { a: 1 } }\n', 'lint', '-')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^<stdin>:1:4: error: é: the flag has no defaultRule/) as string,
  });
  expect(await ranWith('{ "a": }', 'lint', '-')).toMatchObject({
    out: expect.stringMatching(/^<stdin>:1:8: error: not valid JSON/) as string,
  });
  const { out } = await ranWith('a: [', 'lint', '-', '--json');
  expect(JSON.parse(out)).toMatchObject({ errors: 1, findings: [{ file: '<stdin>', line: 1 }] });
  expect(await ranWith(Uint8Array.of(0xff, 0x3a), 'lint', '-')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^<stdin>: error: cannot be read: .*utf-8/) as string,
  });
});

test('flags from standard input are converted in the format they came in, and become types', async () => {
  expect((await ranWith(asJson, 'convert', '-', '--to', 'ruleset')).out).toMatch(/^\{\n {2}"default": \{/);
  expect((await ranWith(asYaml, 'convert', '-', '--to', 'ruleset')).out).toMatch(/^default:\n/);
  expect(await ranWith(asYaml, 'convert', '-', '--to', 'goff')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^<stdin>:2:7: error: good\.type: /) as string,
  });
  expect(await ranWith(asJson, 'types', '-', '--out', path('flags.d.ts'))).toMatchObject({ code: 0, err: '' });
  expect(read('flags.d.ts')).toMatch(/^\/\/ Made by `halyard types` from <stdin>\./);
});

test('standard input is one of several files, and is read once', async () => {
  const file = write('more.yaml', asYaml);
  expect(await ranWith(asJson, 'lint', '-', file)).toMatchObject({
    code: 0,
    out: '2 flags in 2 files: 0 errors, 0 warnings\n',
  });
  expect(await ranWith(asJson, 'lint', '-', '-')).toMatchObject({
    code: 2,
    err: expect.stringContaining('- is standard input, which can be read only once') as string,
  });
});

test('a host without standard input says so', async () => {
  const { host, err } = collectedHost();
  expect(await runHalyard(['lint', '-'], host)).toBe(2);
  expect(err()).toBe('there is no standard input to read\n');
});
