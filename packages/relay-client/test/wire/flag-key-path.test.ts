import fc from 'fast-check';
import { flagKeyOfPath, flagKeyPath, routedPath } from '../../src/index.ts';

/** What stands in the path for each key, by goff-relay-protocol §1.5; the same on both routes unless said otherwise. */
const spellings: readonly [key: string, inPath: string][] = [
  ['my-flag', 'my-flag'],
  ['UPPER_lower.9~', 'UPPER_lower.9~'],
  ['...', '...'],
  ['a b', 'a%20b'],
  ['100%', '100%25'],
  ['%20', '%2520'],
  ['%zz', '%25zz'],
  ['why?', 'why%3F'],
  ['c#', 'c%23'],
  ['"q"', '%22q%22'],
  ['[0]', '%5B0%5D'],
  ['é', '%C3%A9'],
  ['日本', '%E6%97%A5%E6%9C%AC'],
  ['😀', '%F0%9F%98%80'],
  ['\ufeff', '%EF%BB%BF'],
  ['\ufffd', '%EF%BF%BD'],
  ['$', '$'],
  ['&', '&'],
  ['a+b', 'a+b'],
  ['a,b', 'a,b'],
  ['a:b', 'a:b'],
  ['a;b', 'a;b'],
  ['a=b', 'a=b'],
  ['a@b', 'a@b'],
  ['$&+,:;=@ ', '$&+,:;=@%20'],
  ['!', '%21'],
  ["it's", 'it%27s'],
  ['(x)', '%28x%29'],
  ['*', '%2A'],
  ["!'()* é", '%21%27%28%29%2A%20%C3%A9'],
  ['a\\b', 'a%5Cb'],
  ['^', '%5E'],
  ['|', '%7C'],
  ['{}', '%7B%7D'],
  ['<>', '%3C%3E'],
  ['`', '%60'],
  ['\t', '%09'],
  ['\0', '%00'],
  ['\x7f', '%7F'],
  ['__proto__', '__proto__'],
  ['%2F', '%252F'],
];

test.each(spellings)('the key %j is spelled %s', (key, inPath) => {
  expect(flagKeyPath(key, 'goff')).toBe(`/v1/feature/${inPath}/eval`);
  expect(flagKeyPath(key, 'ofrep')).toBe(`/ofrep/v1/evaluate/flags/${inPath}`);
});

test.each([
  ['a/b', 'a/b'],
  ['/a', '/a'],
  ['a//b', 'a//b'],
  ['a/', 'a/'],
  ['a/b c!', 'a/b%20c%21'],
])('the key %j fits into paths of OFREP only', (key, inPath) => {
  expect(flagKeyPath(key, 'ofrep')).toBe(`/ofrep/v1/evaluate/flags/${inPath}`);
  expect(flagKeyPath(key, 'goff')).toBeUndefined();
});

test.each(['', '.', '..', 'a/../b', './a', 'a/.', '\ud800', 'x\udc00y'])('the key %j fits into no path', (key) => {
  expect(flagKeyPath(key, 'goff')).toBeUndefined();
  expect(flagKeyPath(key, 'ofrep')).toBeUndefined();
});

const anyKey = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...Array.from('aZ0-_.~ %/$&+,:;=@!\'()*?#"[]\\é😀')) }),
);

test.each(['goff', 'ofrep'] as const)(
  'what %s asks for is what the relay reads, and no URL parser changes it',
  (protocol) => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const path = flagKeyPath(key, protocol);
        if (path === undefined) return;
        expect(flagKeyOfPath(path, protocol)).toBe(key);
        expect(new URL(`http://relay${path}`).pathname).toBe(path);
      }),
      { numRuns: 1_000 },
    );
  },
);

test.each([
  ['%61', '%61', 'an escaped letter'],
  ['%7e', '%7e', 'an escaped tilde'],
  ['%24', '%24', 'an escaped dollar'],
  ['a%2Fb', 'a%2Fb', 'an escaped slash'],
  ['%c3%a9', '%c3%a9', 'a lower-case escape'],
  ['%C3%A9%c3%a9', '%C3%A9%c3%a9', 'a lower-case escape beside a right one'],
  ['a b', 'a b', 'a bare space'],
  ["a'%20", "a'%20", 'a bare apostrophe beside an escape'],
  ["a'", "a'", 'a bare apostrophe alone'],
  ['é', 'é', 'a bare letter beyond ASCII'],
  ['%20', ' ', 'a needed escape'],
  ['%FF', '\ufffd', 'an escape that is no UTF-8'],
])('the relay takes %j for the key %j: %s', (inPath, key) => {
  expect(flagKeyOfPath(`/v1/feature/${inPath}/eval`, 'goff')).toBe(key);
});

test.each([
  ['/v1/feature/a/b/eval', 'goff', undefined],
  ['/v1/feature//eval', 'goff', ''],
  ['/v1/feature/eval', 'goff', undefined],
  ['/v1/feature/a/eval/', 'goff', undefined],
  ['/v1/feature/a%zz/eval', 'goff', undefined],
  ['/v1/feature/a%2/eval', 'goff', undefined],
  ['/ofrep/v1/evaluate/flags/', 'ofrep', ''],
  ['/ofrep/v1/evaluate/flags', 'ofrep', undefined],
  ['/ofrep/v1/evaluate/flags/a/b', 'ofrep', 'a/b'],
] as const)('the path %s of %s asks for %j', (path, protocol, key) => {
  expect(flagKeyOfPath(path, protocol)).toBe(key);
});

test('any path is routed or refused, without an exception', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (path) => void routedPath(path)));
});
