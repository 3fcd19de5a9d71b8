import { flagFolder } from './flag-folder.ts';

const { write, path, ran } = flagFolder();

const good = 'good: { variations: { on: true }, defaultRule: { variation: on } }\n';

const faulty = `later:
  variations: { a: 'x', b: "y" }
  targeting:
    - query: 'plan eq "gold" trailing'
      variation: b
  defaultRule: { variation: a }
bad:
  variatons: {}
  variations: { a: 1 }
  defaultRule: { variation: onn }
`;

test('flags without a fault are counted', async () => {
  expect(await ran('lint', write('flags.yaml', good))).toEqual({
    code: 0,
    out: '1 flag in 1 file: 0 errors, 0 warnings\n',
    err: '',
  });
});

test('everything that is wrong or odd is told with its place, in the order of the text', async () => {
  expect(await ran('lint', write('flags.yaml', faulty))).toEqual({
    code: 1,
    out: [
      'flags.yaml:4:30: warning: later.targeting[0].query: The query ends before "trailing", which is ignored (query-trailing-text)',
      'flags.yaml:8:14: warning: bad.variatons: the property "variatons" is ignored; "variations" is the nearest known one (unknown-property)',
      'flags.yaml:10:29: error: bad.defaultRule.variation: the flag has no variation "onn" (variation-unknown)',
      '2 flags in 1 file: 1 error, 2 warnings',
      '',
    ].join('\n'),
    err: '',
  });
});

test('warnings alone are no failure', async () => {
  const file = write(
    'flags.yaml',
    `${good}odd: { varations: {}, variations: { a: 1 }, defaultRule: { variation: a } }\n`,
  );
  expect(await ran('lint', file)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/0 errors, 1 warning\n$/) as string,
  });
});

test('a document of rulesets is refused with all its faults', async () => {
  const text = [
    'production:',
    '  type: percentage',
    '  baseline: { f2: 3 }',
    '  features:',
    '    f1: { percentage: 101 }',
    '    f2: { percentage: 10 }',
    '',
  ];
  const { code, out } = await ran('lint', write('rules.yaml', text.join('\n')));
  expect(code).toBe(1);
  expect(out).toContain('rules.yaml:5:23: error: production.features.f1.percentage: found 101, expected a number');
  expect(out).toContain('rules.yaml:6:9: error: production.features.f2.value: found nothing, which stands for true');
});

test('all rulesets of a document are judged, whichever is in use', async () => {
  const text = [
    'a: { type: percentage }',
    'b:',
    '  type: percentage',
    '  features:',
    '    f: { percentage: 1, enable: 1 }',
    '',
  ];
  const { code, out } = await ran('lint', write('rules.yaml', text.join('\n')));
  expect(code).toBe(0);
  expect(out).toContain('rules.yaml:5:33: warning: b.features.f.enable');
});

test.each([
  ['flags.yaml', 'good: [\n', /^flags\.yaml:\d+:\d+: error: not valid YAML: .* \(document-invalid\)\n/],
  ['flags.json', '{ "a": }', /^flags\.json:1:8: error: not valid JSON: .* \(document-invalid\)\n/],
  ['flags.json', '[]', /^flags\.json: error: found an array, expected a mapping of flag keys to flags/],
  ['flags.yaml', 'a: { b: 1 }\n', /^flags\.yaml: error: has the shape of no known dialect: .*dialect/],
])('%s with %j is a finding', async (name, text, expected) => {
  const { code, out } = await ran('lint', write(name, text));
  expect({ code, out }).toEqual({ code: 1, out: expect.stringMatching(expected) as string });
});

test('a file that is not there is a finding, the others are judged', async () => {
  const { code, out } = await ran('lint', path('missing.yaml'), write('flags.yaml', good));
  expect(code).toBe(1);
  expect(out).toMatch(/^missing\.yaml: error: cannot be read: .* \(file-unreadable\)\n/);
  expect(out).toContain('1 flag in 2 files: 1 error, 0 warnings');
});

test('the dialect can be said', async () => {
  const { code, out } = await ran('lint', '--dialect', 'ruleset', write('flags.yaml', good));
  expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('good.type: found nothing') as string });
});

test('programs get one JSON object', async () => {
  const { code, out } = await ran('lint', '--json', write('flags.yaml', faulty));
  expect(code).toBe(1);
  const told = JSON.parse(out) as { findings: unknown[] };
  expect(told).toMatchObject({ files: 1, flags: 2, errors: 1, warnings: 2 });
  expect(told.findings[2]).toEqual({
    severity: 'error',
    code: 'variation-unknown',
    message: 'the flag has no variation "onn"',
    file: 'flags.yaml',
    line: 10,
    column: 29,
    path: ['bad', 'defaultRule', 'variation'],
  });
});

test.each([
  [[], 'say which file of flags'],
  [['flags.yaml', '--dialect', 'gof'], '--dialect must be one of goff, ruleset, not "gof"; did you mean goff?'],
  [['flags.yaml', '--jsn'], 'unknown option --jsn; did you mean --json?'],
  [['flags.yaml', '--port', '1'], 'unknown option --port'],
])('lint %j is wrong use', async (args, problem) => {
  expect(await ran('lint', ...args)).toEqual({
    code: 2,
    out: '',
    err: `halyard: ${problem}\nTry: halyard lint --help\n`,
  });
});

test('a file whose format nobody knows is wrong use', async () => {
  expect(await ran('lint', path('flags.txt'))).toMatchObject({ code: 2, out: '' });
});

test('what is odd about a document that is refused is told beside its faults', async () => {
  const text = ['production:', '  type: percentage', '  features:', '    f1: { percentage: 101, colour: red }', ''];
  const { code, out } = await ran('lint', write('rules.yaml', text.join('\n')));
  expect(out.split('\n')).toEqual([
    expect.stringMatching(/^rules\.yaml:4:23: error: production\.features\.f1\.percentage: found 101, /),
    expect.stringMatching(/^rules\.yaml:4:36: warning: production\.features\.f1\.colour: /),
    '0 flags in 1 file: 1 error, 1 warning',
    '',
  ]);
  expect(code).toBe(1);
});

test('a key that stands twice in an object of JSON is a warning, also beside faults', async () => {
  const text = `{
  "p": {
    "type": "percentage",
    "features": { "a": { "percentage": 0 }, "\\u0061": { "percentage": 101, "percentage": 100 } },
    "type": "percentage"
  }
}
`;
  const { code, out } = await ran('lint', write('rules.json', text));
  const twice = (key: string): string =>
    `the key "${key}" is there twice: only what it says last counts (duplicate-key)`;
  expect({ code, lines: out.split('\n') }).toEqual({
    code: 0,
    lines: [
      `rules.json:4:45: warning: p.features.a: ${twice('a')}`,
      `rules.json:4:76: warning: p.features.a.percentage: ${twice('percentage')}`,
      `rules.json:5:5: warning: p.type: ${twice('type')}`,
      '1 flag in 1 file: 0 errors, 3 warnings',
      '',
    ],
  });
  const refused = await ran('lint', write('rules.json', text.replace('100', '102')));
  expect(refused.out).toMatch(/: error: .*found 102.*[^]*1 error, 3 warnings\n$/);
});

test('YAML documents behind the first are told, unless they are empty', async () => {
  const one = await ran('lint', write('flags.yaml', `---\n${good}---\n# nothing\n`));
  expect(one.out).toBe('1 flag in 1 file: 0 errors, 0 warnings\n');
  const more = await ran('lint', write('flags.yaml', `---\n${good}---\nq: {}\n--- [\n`));
  const ignored = 'warning: another document begins here, behind ---: only the first one counts (document-ignored)';
  expect(more).toMatchObject({
    code: 0,
    out: [
      `flags.yaml:4:1: ${ignored}`,
      `flags.yaml:5:5: ${ignored}`,
      '1 flag in 1 file: 0 errors, 2 warnings',
      '',
    ].join('\n'),
  });
});

test.each([
  ['flags.yaml', '# later\n', []],
  ['flags.json', '{}', ['--dialect', 'ruleset']],
])('%s without a flag is a warning', async (name, text, options) => {
  expect(await ran('lint', write(name, text), ...options)).toMatchObject({
    code: 0,
    out: `${name}:1:1: warning: there is no flag in it (document-empty)\n0 flags in 1 file: 0 errors, 1 warning\n`,
  });
});

test('a file of baselines alone is an error, as a provider refuses it, and so is half a ruleset', async () => {
  const short = await ran('lint', write('flags.json', '{"feature":true}'));
  expect(short.code).toBe(1);
  expect(short.out).toMatch(/^flags\.json:1:12: error: feature: found true, expected a ruleset; .* \(short-form\)\n/);
  expect(await ran('types', path('flags.json'))).toMatchObject({ code: 0 });
  const half = await ran('lint', '--dialect', 'ruleset', write('rules.yaml', 'production:\n'));
  expect(half).toMatchObject({ code: 1, out: expect.stringContaining('error: production: found null') as string });
});

test('a user id that is too long a number is an error with its place, in every format', async () => {
  const yaml = 'p:\n  type: user_targeting\n  features: { f: { blacklist: [9007199254740993] } }\n';
  expect(await ran('lint', write('p.yaml', yaml))).toMatchObject({
    code: 1,
    out: expect.stringContaining('p.yaml:3:32: error: p.features.f.blacklist[0]: found 900719925474099') as string,
  });
  const json = '{"p":{"type":"user_targeting","features":{"f":{"whitelist":["9007199254740993",9007199254740993]}}}}';
  expect(await ran('lint', write('p.json', json))).toMatchObject({
    code: 1,
    out: expect.stringContaining('error: p.features.f.whitelist[1]: found 900719925474099') as string,
  });
  const toml = '[p]\ntype = "user_targeting"\n[p.features.f]\nblacklist = [9007199254740993]\n';
  expect(await ran('lint', write('p.toml', toml))).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^p\.toml:4:\d+: error: /) as string,
  });
});
