import { statSync, symlinkSync } from 'node:fs';
import nodePath from 'node:path';
import ts from 'typescript';
import { flagFolder } from './flag-folder.ts';

const { write, read, path, ran } = flagFolder();

const odd = `it's "odd" \\ */ \u2028 \${x}`;
const flags = {
  'new-checkout': { variations: { on: true, off: false }, defaultRule: { variation: 'on' } },
  title: { variations: { a: 'x' }, defaultRule: { variation: 'a' } },
  limit: { variations: { a: 1 }, defaultRule: { variation: 'a' } },
  [odd]: { variations: { a: { deep: [1] } }, defaultRule: { variation: 'a' } },
};

/** What TypeScript says about a module beside the declarations. */
function compiled(source: string): readonly string[] {
  symlinkSync(nodePath.join(__dirname, '../node_modules'), path('node_modules'));
  const program = ts.createProgram([write('use.ts', source), path('flags.d.ts')], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ').split('.')[0]}`;
  });
}

test('clients of OpenFeature know the keys, and no others', async () => {
  expect(await ran('types', write('flags.json', JSON.stringify(flags)), '--out', path('flags.d.ts'))).toEqual({
    code: 0,
    out: 'flags.d.ts: 4 flags, written\n',
    err: '',
  });
  const problems = compiled(`import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
void client.getBooleanValue('new-checkout', false);
void client.getStringDetails('title', '');
void client.getNumberValue('limit', 1);
void client.getBooleanValue('new-chekout', false);
void client.getBooleanValue('title', false);
void client.getObjectDetails('limit', {});
void client.getObjectValue(${JSON.stringify(odd)}, {});
`);
  expect(problems).toEqual([
    expect.stringMatching(/^6: Argument of type '"new-chekout"' is not assignable/) as string,
    expect.stringMatching(/^7: Argument of type '"title"' is not assignable/) as string,
    expect.stringMatching(/^8: No overload matches this call/) as string,
  ]);
});

test('the unions and the typed client work by themselves', async () => {
  await ran('types', write('flags.json', JSON.stringify(flags)), '--out', path('flags.d.ts'));
  const problems = compiled(`import type { BooleanFlag, Flag, FlagValues, TypedClient } from './flags.d.ts';
interface Client {
  getBooleanValue(flagKey: string, otherwise: boolean, context?: object): Promise<boolean>;
  getObjectDetails<T extends object>(flagKey: string, otherwise: T): Promise<{ value: T }>;
  close(): void;
}
declare const plain: Client;
const client: TypedClient<Client> = plain;
const on: Promise<boolean> = client.getBooleanValue('new-checkout', true, {});
client.close();
const flag: Flag = 'limit';
const value: FlagValues['limit'] = 3;
void client.getBooleanValue('limit', true);
const wrong: BooleanFlag = 'title';
export { on, flag, value, wrong };
`);
  expect(problems).toEqual([
    expect.stringMatching(/^13: Argument of type '"limit"'/) as string,
    expect.stringMatching(/^14: Type '"title"' is not assignable/) as string,
  ]);
});

test('the same flags give the same text, whatever their order; an unchanged file is left untouched', async () => {
  const file = write('flags.json', JSON.stringify(flags));
  const out = path('flags.d.ts');
  await ran('types', file, '--out', out);
  const [text, before] = [read('flags.d.ts'), statSync(out)];
  write('flags.json', JSON.stringify(Object.fromEntries(Object.entries(flags).toReversed())));
  expect(await ran('types', file, '--out', out)).toMatchObject({ out: 'flags.d.ts: 4 flags, unchanged\n' });
  expect(statSync(out)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  expect(await ran('types', file)).toEqual({ code: 0, out: text, err: '' });
  expect(text).toMatch(/^\/\/ Made by `halyard types` from flags\.json\. /);
});

test('a test of groups answers two kinds, null none, and schedules add kinds', async () => {
  const rules = `r:
  type: ab_test
  baseline: { n: 1, nothing: null }
  features: { n: { groups: [a], value: 2 } }
s: { type: percentage, features: { only: { percentage: 1 } } }
`;
  const { code, out, err } = await ran('types', write('rules.yaml', rules), '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    flags: { n: ['number', 'string'], nothing: [], only: ['boolean'] },
    remarks: [
      'flag "n" answers several kinds of request: number and string',
      'flag "nothing" is left out: its value is null, which no request gets',
    ],
  });
  const one = await ran('types', path('rules.yaml'), '--ruleset', 's', '--json');
  expect(JSON.parse(one.out)).toMatchObject({ flags: { only: ['boolean'] } });
  const scheduled = { ...flags.limit, scheduledRollout: [{ date: '2030-01-01T00:00:00Z', variations: { b: 'x' } }] };
  const { out: kinds } = await ran('types', write('flags.json', JSON.stringify({ scheduled })), '--json');
  expect(JSON.parse(kinds)).toMatchObject({ flags: { scheduled: ['number', 'string'] } });
});

test('of a flag in several files the last counts', async () => {
  const one = write('one.json', JSON.stringify({ a: flags.title, b: flags.title }));
  const two = write('two.json', JSON.stringify({ b: flags.limit }));
  const { out } = await ran('types', one, two, '--json');
  expect(JSON.parse(out)).toMatchObject({ flags: { a: ['string'], b: ['number'] } });
});

test('with a flag that is refused nothing is written', async () => {
  const file = write('flags.json', JSON.stringify({ ...flags, bad: { variations: { a: 1 } } }));
  const { code, out, err } = await ran('types', file, '--out', path('flags.d.ts'));
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/error: bad: the flag has no defaultRule.*\nno types were written\n$/);
  expect(() => read('flags.d.ts')).toThrow('ENOENT');
});

test('wrong use and places that cannot be written are told', async () => {
  expect(await ran('types', 'flags.json', '--out', 'flags.ts')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--out must end in .d.ts') as string,
  });
  const file = write('flags.json', JSON.stringify(flags));
  expect(await ran('types', file, '--out', path('no/such/folder.d.ts'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be written') as string,
  });
  expect(await ran('types', file, '--ruleset', 'x', '--dialect', 'ruleset')).toMatchObject({ code: 1, out: '' });
});
