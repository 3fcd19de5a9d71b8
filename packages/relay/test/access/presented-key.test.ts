import { KeyRing } from '../../src/access/key-ring.ts';
import { admissionOf } from '../../src/access/presented-key.ts';
import { secretIndex } from '../../src/platform/node/node-digests.ts';

const keys = new KeyRing(
  {
    apiKeys: ['plain'],
    adminKeys: ['admin', 'both'],
    flagSets: [
      { name: 'one', apiKeys: ['one', 'both'] },
      { name: 'two', apiKeys: ['two'] },
    ],
  },
  secretIndex,
);

const admitted = (
  lines: Record<string, string[]>,
  role: 'evaluation' | 'admin' = 'evaluation',
  ring = keys,
): unknown => {
  const admission = admissionOf(new Map(Object.entries(lines)), ring, role);
  return 'refusal' in admission ? admission.refusal : (admission.caller ?? 'nobody');
};

test.each([
  [{}, 'missing key in request header'],
  [{ authorization: [''] }, 'invalid key in the request header'],
  [{ authorization: ['Basic one'] }, 'invalid key in the request header'],
  [{ authorization: ['Bearer'] }, 'invalid key in the request header'],
  [{ authorization: ['Bearer '] }, 'invalid key in the request header'],
  [{ authorization: ['Bearer wrong'] }, 'invalid key'],
  [{ authorization: ['Bearer  one'] }, 'invalid key'],
  [{ 'x-api-key': ['wrong'] }, 'code=401, message=Unauthorized'],
  [{ 'x-api-key': ['wrong'], authorization: ['Bearer one'] }, 'code=401, message=Unauthorized'],
  [{ 'x-api-key': ['wrong', 'one'] }, 'code=401, message=Unauthorized'],
])('%j is refused: %s', (lines, refusal) => {
  expect(admitted(lines)).toBe(refusal);
});

test.each([
  [{ 'x-api-key': ['one'] }, { isAdmin: false, flagSet: 'one' }],
  [{ 'x-api-key': ['both'] }, { isAdmin: true, flagSet: 'one' }],
  [{ 'x-api-key': ['admin'] }, { isAdmin: true, flagSet: undefined }],
  [{ authorization: ['bEARER two'] }, { isAdmin: false, flagSet: 'two' }],
  [
    { 'x-api-key': [''], authorization: ['Bearer plain'] },
    { isAdmin: false, flagSet: undefined },
  ],
  [{ authorization: ['Bearer two', 'Bearer wrong'] }, { isAdmin: false, flagSet: 'two' }],
])('%j is let in', (lines, caller) => {
  expect(admitted(lines)).toEqual(caller);
});

test('with two bearers the right one opens, and the first one chooses the flag set', () => {
  expect(admitted({ authorization: ['Bearer wrong', 'Bearer one'] })).toBe('nobody');
});

test('administration wants an admin key, whatever evaluation wants', () => {
  expect(admitted({ 'x-api-key': ['admin'] }, 'admin')).toMatchObject({ isAdmin: true });
  expect(admitted({ authorization: ['Bearer one'] }, 'admin')).toBe('invalid key');
  const open = new KeyRing({ apiKeys: [], adminKeys: ['admin'], flagSets: [] }, secretIndex);
  expect(admitted({}, 'admin', open)).toBe('missing key in request header');
  expect(admitted({ 'x-api-key': ['anything'] }, 'evaluation', open)).toBe('nobody');
});
