import { flagFolder } from './flag-folder.ts';

const { write, read, path, ran } = flagFolder();

const rules = `prod:
  type: user_targeting
  baseline: { hello: "no", known: { x: [1, { y: 2 }] } }
  features:
    hello: { value: "yes", whitelist: [u1, 2], blacklist: [x], target_attributes: { plan: [gold, 3], user.tier: 1 } }
perc:
  type: percentage
  features:
    third: { percentage: 33.333 }
    all: { percentage: 100 }
    none: { enabled: false, percentage: 3 }
`;

test('rulesets become flags, metadata and variants included', async () => {
  const args = ['convert', write('rules.yaml', rules), '--to', 'goff', '--targeting-key-only'];
  const { code, out, err } = await ran(...args, '--ruleset', 'perc', '--format', 'json');
  expect(code).toBe(0);
  const metadata = { ruleset: 'perc' };
  expect(JSON.parse(out)).toEqual({
    third: {
      variations: { on: true, baseline: false },
      defaultRule: { percentage: { on: 33.333, baseline: 66.667 } },
      metadata,
    },
    all: { variations: { on: true }, defaultRule: { variation: 'on' }, metadata },
    none: { variations: { baseline: false }, defaultRule: { variation: 'baseline' }, metadata },
  });
  expect(err).toBe(
    'rules.yaml:11:11: warning: perc.features.none: is off, and is written down as its baseline and nothing else (lost-in-conversion)\n',
  );
});

test('lists and attributes become queries that compare exactly, and come back', async () => {
  const args = ['convert', write('rules.yaml', rules), '--to', 'goff', '--targeting-key-only', '--ruleset', 'prod'];
  expect(await ran(...args, '--out', path('flags.yaml'))).toMatchObject({
    code: 0,
    out: 'flags.yaml: 2 flags, written\n',
  });
  expect(read('flags.yaml')).toContain(`    - name: "target_attributes"
      query: '{"and":[{"or":[{"===":[{"var":"plan"},"gold"]},{"===":[{"var":"plan"},3]}]},{"===":[{"var":"user.tier"},1]}]}'
      variation: "on"
`);
  const back = await ran(
    'convert',
    path('flags.yaml'),
    '--to',
    'ruleset',
    '--targeting-key-only',
    '--ruleset',
    'back',
    '--json',
  );
  expect(JSON.parse(back.out)).toMatchObject({
    document: {
      back: {
        type: 'user_targeting',
        baseline: { hello: 'no', known: { x: [1, { y: 2 }] } },
        features: {
          hello: {
            value: 'yes',
            whitelist: ['u1', '2'],
            blacklist: ['x'],
            target_attributes: { plan: ['gold', 3], 'user.tier': 1 },
          },
        },
      },
    },
    findings: [{ severity: 'warning', code: 'lost-in-conversion' }, { severity: 'warning' }],
  });
});

const refusedRules: readonly (readonly [string, string, string])[] = [
  ['percentage', 'f: { percentage: 5 }', 'f.percentage: the user is targetingKey, user_id, userId or id in rulesets'],
  [
    'percentage',
    'g: { percentage: 100 }, f: { percentage: 0, requires: [g] }',
    'f.requires: no flag can depend on another',
  ],
  ['user_targeting', 'f: { whitelist: [a] }', 'f.whitelist: the user is targetingKey'],
  ['user_targeting', 'f: { target_attributes: { a: null } }', 'f.target_attributes.a: queries do not tell null from'],
  ['user_targeting', 'f: { target_attributes: { a: [] } }', 'f.target_attributes.a: a query cannot have an empty list'],
  [
    'user_targeting',
    'f: { target_attributes: { key: a } }',
    'f.target_attributes.key: flags read "key" as the targeting',
  ],
  [
    'user_targeting',
    'f: { target_attributes: { anonymous: false } }',
    'anonymous: flags read "anonymous" as true or false',
  ],
  ['user_targeting', 'f: { target_attributes: { a.0: 1 } }', 'a.0: queries look into lists'],
  ['user_targeting', 'f: { target_attributes: { a..b: 1 } }', 'a..b: queries skip the empty parts'],
  ['user_targeting', 'f: { target_attributes: { a: "\\ufffd" } }', 'is not told from others by a query'],
  ['ab_test', 'f: { groups: [b, a] }', 'f.groups: a test answers text requests with the name of the group'],
];

test.each(refusedRules)('a feature of type %s with %s is refused', async (type, feature, problem) => {
  const file = write('rules.yaml', `r:\n  type: ${type}\n  features: { ${feature} }\n`);
  const { code, out, err } = await ran('convert', file, '--to', 'goff', '--out', path('flags.yaml'));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^rules\.yaml:3:\d+: error: /);
  expect(err).toContain(problem);
  expect(err).toMatch(/\nnothing was converted\n$/);
  expect(() => read('flags.yaml')).toThrow('ENOENT');
});

test('groups in another order than flags split in would have other users', async () => {
  const file = write(
    'rules.yaml',
    'r:\n  type: ab_test\n  baseline: { f: x }\n  features: { f: { value: y, groups: [a, b] } }\n',
  );
  expect(await ran('convert', file, '--to', 'goff', '--targeting-key-only')).toMatchObject({
    code: 1,
    err: expect.stringContaining('flags split in descending order of names') as string,
  });
});

test('groups that nobody is in may stand anywhere', async () => {
  const feature = '{ value: y, groups: [a, b, c], weights: [0, 0, 5], treatment_groups: [c] }';
  const file = write('rules.yaml', `r: { type: ab_test, baseline: { f: x }, features: { f: ${feature} } }\n`);
  const { code, out } = await ran('convert', file, '--to', 'goff', '--targeting-key-only', '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    f: { variations: { a: 'x', b: 'x', c: 'y' }, defaultRule: { percentage: { a: 0, b: 0, c: 100 } } },
  });
});

test('a split between texts becomes a test, whose groups are called as the variations were', async () => {
  const text = `color:
  variations: { green: new, blue: old, azure: old }
  defaultRule: { percentage: { green: 33.3, blue: 33.3, azure: 33.4 } }
`;
  const file = write('flags.yaml', text);
  const { code, out } = await ran('convert', file, '--to', 'ruleset', '--targeting-key-only', '--format', 'json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    default: {
      type: 'ab_test',
      baseline: { color: 'old' },
      features: {
        color: {
          groups: ['green', 'blue', 'azure'],
          weights: [33.3, 33.3, 33.4],
          treatment_groups: ['green'],
          value: 'new',
        },
      },
    },
  });
  const threeTexts = write('flags.yaml', text.replace('azure: old', 'azure: other'));
  expect(await ran('convert', threeTexts, '--to', 'ruleset', '--targeting-key-only')).toMatchObject({
    code: 1,
    err: expect.stringContaining('two variations must have a share, or more that are two texts') as string,
  });
});

test('a value of null has no flag, and says so with its place', async () => {
  const file = write('rules.yaml', 'r: { type: percentage, baseline: { f: null } }\n');
  const { code, err } = await ran('convert', file, '--to', 'goff');
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^rules\.yaml:1:.*would be refused: a variation/) as string,
  });
});

const refusedFlags: readonly (readonly [string, string, string])[] = [
  [
    'disable: true',
    'defaultRule: { variation: on }',
    'f.disable: a flag that is off answers the default of the caller',
  ],
  ['bucketingKey: team', 'defaultRule: { variation: on }', 'f.bucketingKey: features split by the user id'],
  ['trackEvents: false', 'defaultRule: { variation: on }', 'f.trackEvents: features cannot be kept out'],
  [
    'experimentation: { end: 2030-01-01T00:00:00Z }',
    'defaultRule: { variation: on }',
    'f.experimentation: features do not',
  ],
  [
    'targeting: [{ query: a eq "b", variation: on }]',
    'defaultRule: { variation: baseline }',
    'f.targeting: only lists of',
  ],
  [
    'version: a',
    'defaultRule: { percentage: { on: 100, baseline: 0 } }',
    'f.defaultRule.percentage: two variations must have a share',
  ],
  ['version: a', 'defaultRule: { percentage: { on: 10, baseline: 10 } }', 'no percentage of a feature gives everybody'],
  ['version: a', 'defaultRule: { percentage: { on: 10, baseline: 90 } }', 'percentage: the user is targetingKey'],
];

test.each(refusedFlags)('a flag with %s and %s is refused', async (property, rule, problem) => {
  const file = write('flags.yaml', `f:\n  variations: { on: true, baseline: false }\n  ${property}\n  ${rule}\n`);
  const { code, out, err } = await ran('convert', file, '--to', 'ruleset');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/flags\.yaml:\d:\d+: error: /);
  expect(err).toContain(problem);
});

test('variants keep their names, unless they need not', async () => {
  const text = 'f: { variations: { yes: 1, no: 2 }, defaultRule: { percentage: { yes: 10, no: 90 } } }\n';
  const args = ['convert', write('flags.yaml', text), '--to', 'ruleset', '--targeting-key-only'];
  expect(await ran(...args)).toMatchObject({
    code: 1,
    err: expect.stringContaining('say --rename-variants') as string,
  });
  expect(await ran(...args, '--rename-variants')).toEqual({
    code: 0,
    out: [
      'default:',
      '  type: "percentage"',
      '  baseline:',
      '    f: 2',
      '  features:',
      '    f:',
      '      percentage: 10',
      '      value: 1',
      '',
    ].join('\n'),
    err: '',
  });
});

test('flags that need rulesets of two types are refused', async () => {
  const text = `a: { variations: { on: 1, baseline: 2 }, defaultRule: { percentage: { on: 10, baseline: 90 } } }
b:
  variations: { on: 1, baseline: 2 }
  targeting: [{ query: '{"===":[{"var":"plan"},"gold"]}', variation: on }]
  defaultRule: { variation: baseline }
`;
  const { code, err } = await ran('convert', write('flags.yaml', text), '--to', 'ruleset', '--targeting-key-only');
  expect({ code, err }).toMatchObject({
    code: 1,
    err: expect.stringContaining('b.targeting: a ruleset is of one type') as string,
  });
});

test.each([
  [['f.yaml'], '--to is needed: goff or ruleset'],
  [['f.yaml', '--to', 'rulset'], '--to must be one of goff, ruleset, not "rulset"; did you mean ruleset?'],
  [['f.yaml', 'g.yaml', '--to', 'goff'], '"g.yaml" is too much: one file at a time'],
  [['f.yaml', '--to', 'goff', '--out', 'x.txt'], '--out must end in .yaml, .yml or .json'],
])('convert %j is wrong use', async (args, problem) => {
  expect(await ran('convert', ...args)).toEqual({
    code: 2,
    out: '',
    err: `halyard: ${problem}\nTry: halyard convert --help\n`,
  });
});
