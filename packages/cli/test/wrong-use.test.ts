import { mkdirSync } from 'node:fs';
import { flagFolder } from './flag-folder.ts';

const { write, path, ran } = flagFolder();

const good = 'good: { variations: { on: true }, defaultRule: { variation: on } }\n';

test.each([
  [['lint', 'f.yaml', '--jsn', '--json'], 'unknown option --jsn; did you mean --json?'],
  [['lint', '--json'], 'say which file of flags'],
  [['eval', '--json', 'f.yaml', 'a', '--kind', 'bool'], '--kind must be one of boolean, string, number, object'],
  [['serve', '--json', '--port'], '--port needs a value'],
  [['serve', '--host', '--json'], '--host needs a value'],
  [['--json'], 'say what to do'],
])('programs are told of wrong use on their stream: %j', async (args, problem) => {
  const { code, out, err } = await ran(...args);
  expect({ code, err }).toEqual({ code: 2, err: '' });
  expect(out).toMatch(/^.*\n$/);
  expect(JSON.parse(out)).toEqual({ event: 'error', message: expect.stringContaining(problem) as string });
});

test('what stands behind the end of options is none', async () => {
  expect(await ran('lint', '--', '--json')).toMatchObject({ code: 2, out: '' });
});

test.each([
  [['lint', 'f.yaml', '--dialect', 'goff', '--dialect=ruleset'], 'dialect'],
  [['eval', 'f.yaml', 'a', '-c', '{}', '--context', '{}'], 'context'],
  [['types', 'f.yaml', '-o', 'a.d.ts', '-o', 'a.d.ts'], 'out'],
  [['convert', 'f.yaml', '--to', 'goff', '--to', 'goff'], 'to'],
])('of an option that is there twice nobody knows which counts: %j', async (args, name) => {
  expect(await ran(...args)).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining(`halyard: --${name} is there twice`) as string,
  });
});

test('options of which all values count, and switches, may be there twice', async () => {
  const file = write('flags.yaml', good);
  expect(await ran('eval', file, 'good', '--enrich', 'a=1', '--enrich', 'b=2')).toMatchObject({ code: 0 });
  expect(await ran('lint', file, '--json', '--json')).toMatchObject({ code: 0, err: '' });
});

test.each([
  [['lint', 'flags.txt'], '"flags.txt" is no file of flags: they end in .yaml, .yml, .json or .toml'],
  [['types', ''], '"" is no file of flags'],
  [['lint', 'http://localhost/f.yaml'], '"http://localhost/f.yaml" is an address: only files are read here'],
  [['eval', 'ftp://localhost/f.yaml', 'a'], '"ftp://localhost/f.yaml" is neither an http:// nor an https:// address'],
  [['convert', 'f.yaml', '--to', 'ruleset', '--ruleset', ''], '--ruleset needs a value'],
])('%j says what is wrong in words of the command line', async (args, problem) => {
  const { code, out, err } = await ran(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`halyard: ${problem}`);
  expect(err).toMatch(/\nTry: halyard \w+ --help\n$/);
});

test('what the engine finds is told in words of the command line too', async () => {
  const file = write('rules.yaml', 'a: { type: percentage }\nb: { type: percentage }\n');
  expect(await ran('eval', file, 'f')).toEqual({
    code: 1,
    out: '',
    err: 'say which ruleset to use with --ruleset: "a", "b"\n',
  });
  expect((await ran('lint', write('odd.yaml', 'a: { b: 1 }\n'))).out).toContain('say which it is with --dialect, ');
  const { code, err } = await ran('eval', 'http://ada:secret@localhost/flags.yaml', 'f');
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/^url: found an address with a user/) as string,
  });
});

test('help can be asked for as a command', async () => {
  expect(await ran('help')).toEqual(await ran('--help'));
  expect(await ran('help', 'lint')).toEqual(await ran('lint', '--help'));
  expect(await ran('help', 'lnt')).toMatchObject({
    code: 2,
    err: expect.stringContaining('unknown command "lnt"; did you mean lint?') as string,
  });
});

test('places that cannot be written are told without the draft beside them', async () => {
  const file = write('flags.yaml', good);
  mkdirSync(path('flags.d.ts'));
  expect(await ran('types', file, '--out', path('flags.d.ts'))).toEqual({
    code: 2,
    out: '',
    err: 'flags.d.ts cannot be written: it is not a regular file\n',
  });
  const { code, err } = await ran('convert', file, '--to', 'ruleset', '--out', path('no/where.yaml'));
  expect({ code, err }).toEqual({
    code: 2,
    err: expect.stringMatching(/^no\/where\.yaml cannot be written: .*no such file or directory\n$/) as string,
  });
  const told = await ran('convert', file, '--to', 'ruleset', '--json', '--out', path('no/where.yaml'));
  expect({ ...told, out: JSON.parse(told.out) as unknown }).toEqual({
    ...{ code: 2, err: '' },
    out: { event: 'error', message: expect.stringContaining('no/where.yaml cannot be written: ') as string },
  });
});

test('names of flags cannot play with the terminal', async () => {
  const key = 'evil\n\u001b[31mkey\u202e';
  const flag = { variations: { 'a\u001b[2J': 1 }, defaultRule: { variation: 'a\u001b[2J' } };
  const flags = { [key]: { variations: { a: 1 }, defaultRule: { variation: '\u001b[2J' } }, good: flag };
  const file = write('flags.json', JSON.stringify(flags));
  const { out, err } = await ran('lint', file);
  expect(out).toContain(': error: evil\\n\\u001b[31mkey\\u202e.defaultRule.variation: ');
  const answer = await ran('eval', file, 'good', '--explain');
  expect(answer.out).toContain('variant   a\\u001b[2J\n');
  const refused = await ran('eval', file, key);
  expect(`${out}${err}${answer.out}${refused.out}${refused.err}`).not.toMatch(/[\u001b\u202e]/);
});
