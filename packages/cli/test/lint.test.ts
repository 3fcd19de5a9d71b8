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
