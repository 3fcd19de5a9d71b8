import { flagFolder } from './flag-folder.ts';

const { write, path, ran } = flagFolder();

const flags = `checkout:
  variations: { on: true, off: false }
  targeting:
    - name: gold
      query: plan eq "gold" and age gt 18
      variation: on
  defaultRule: { percentage: { on: 25, off: 75 } }
  version: v1
text: { variations: { a: hello }, defaultRule: { variation: a } }
bad: { variations: { a: 1 }, defaultRule: { variation: b } }
`;
const ada = '{"targetingKey":"ada","plan":"gold","age":30}';

test('tells value, variant, reason and metadata', async () => {
  expect(await ran('eval', write('flags.yaml', flags), 'checkout', '--context', ada)).toEqual({
    code: 0,
    out: [
      'value     true',
      'variant   on',
      'reason    TARGETING_MATCH',
      'metadata  version = "v1", evaluatedRuleName = "gold"',
      '',
    ].join('\n'),
    err: '',
  });
});

test('explains which rule, which condition, which bucket', async () => {
  const context = '{"targetingKey":"ada","plan":"gold","age":3}';
  const { code, out } = await ran('eval', write('flags.yaml', flags), 'checkout', '-c', context, '--explain');
  expect(code).toBe(0);
  const steps = [
    'How it came about:',
    '  1. buckets go by targetingKey = "ada"',
    '  2. rule 1 (gold) did not match: plan eq "gold" and age gt 18',
    '       + plan eq "gold" (matched)',
    '       - age gt 18 (did not match)',
    '  3. no rule matched: the default rule decides',
    '  4. split: bucket ',
  ];
  expect(out).toContain(steps.join('\n'));
  expect(out).toMatch(/\n {7}[ >] on: 0 to 24999\n {7}[ >] off: 25000 to 99999\n$/);
});

test('explains rulesets: requirements, lists, attributes', async () => {
  const rules = `r:
  type: user_targeting
  features:
    base: { whitelist: [ada] }
    top: { requires: [base], blacklist: [eve], target_attributes: { plan: gold } }
`;
  const file = write('rules.yaml', rules);
  const { out } = await ran('eval', file, 'top', '-c', '{"targetingKey":"ada","plan":"tin"}', '--explain');
  expect(out).toContain('  1. requires "base", which is on\n');
  expect(out).toContain('  2. blacklist: the user is not in it\n  3. attribute "plan" did not match\n');
  expect(out).toContain('  4. the baseline is the answer\n');
});

test('an answer with an error code is a failure, with the default', async () => {
  const { code, out, err } = await ran('eval', write('flags.yaml', flags), 'text', '--default', '-1');
  expect({ code, err }).toEqual({ code: 1, err: '' });
  expect(out).toContain('value     -1\n');
  expect(out).toContain("error     TYPE_MISMATCH: the flag's value is a string, not a number\n");
});

test('a flag that is refused is told apart from one that is not there', async () => {
  const file = write('flags.yaml', flags);
  expect(await ran('eval', file, 'bad')).toMatchObject({
    code: 1,
    err: 'flags.yaml:10:56: flag "bad" is left out: defaultRule.variation: the flag has no variation "b"\n',
  });
  expect(await ran('eval', file, 'checkuot')).toMatchObject({ code: 1, err: 'did you mean checkout?\n' });
  expect(await ran('eval', file, 'xyzzy')).toMatchObject({ code: 1, err: '' });
});

test('the kind, the ruleset and the enrichment can be said', async () => {
  const rules = `a: { type: percentage, features: { f: { percentage: 100 } } }
b:
  type: ab_test
  features:
    f: { groups: [x], treatment_groups: [x] }
`;
  const file = write('rules.yaml', rules);
  expect((await ran('eval', file, 'f', '--ruleset', 'a')).out).toContain('value     true');
  const args = ['--ruleset', 'b', '--kind', 'string', '-c', '{"targetingKey":"ada"}'];
  expect((await ran('eval', file, 'f', ...args)).out).toContain('value     "x"');
  const enriched = ['--enrich', 'plan=gold', '--enrich', 'age=30', '--kind', 'boolean', '-c', '{"targetingKey":"z"}'];
  expect((await ran('eval', write('flags.yaml', flags), 'checkout', ...enriched)).out).toContain('TARGETING_MATCH');
});

test('programs get one JSON object, with the trace if they ask for it', async () => {
  const file = write('flags.yaml', flags);
  const { code, out } = await ran('eval', file, 'checkout', '-c', ada, '--json', '--explain');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    flag: 'checkout',
    value: true,
    variant: 'on',
    reason: 'TARGETING_MATCH',
    flagMetadata: { version: 'v1' },
    trace: [{ step: 'bucketing-key' }, { step: 'rule', outcome: 'matched' }],
  });
  expect(JSON.parse((await ran('eval', file, 'nope', '--json')).out)).toMatchObject({ errorCode: 'FLAG_NOT_FOUND' });
});

test.each([
  [['flags.yaml'], 'say which flag, after the file'],
  [['flags.yaml', 'a', 'b'], '"b" is too much: one file and one flag at a time'],
  [
    ['f.yaml', 'a', '-c', '{"a":1,}'],
    '--context is not valid JSON: column 8: found "}", expected a property name in double quotes',
  ],
  [
    ['f.yaml', 'a', '-c', '{\n"a":'],
    '--context is not valid JSON: line 2, column 5: found the end of the text, expected a value',
  ],
  [['f.yaml', 'a', '-c', '[]'], '--context must be a JSON object of attributes'],
  [['f.yaml', 'a', '-c', 'null'], '--context must be a JSON object of attributes'],
  [['f.yaml', 'a', '--kind', 'bool'], '--kind must be one of boolean, string, number, object, not "bool"'],
  [
    ['f.yaml', 'a', '--kind', 'number', '--default', '"x"'],
    '--default is of the kind string, not number as --kind says',
  ],
])('eval %j is wrong use', async (args, problem) => {
  expect(await ran('eval', ...args)).toEqual({
    code: 2,
    out: '',
    err: `halyard: ${problem}\nTry: halyard eval --help\n`,
  });
});

test('flags that cannot be loaded are a failure', async () => {
  const { code, out, err } = await ran('eval', path('missing.yaml'), 'a');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('missing.yaml cannot be read');
});
