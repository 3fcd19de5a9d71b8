import { simpleLowerCase } from '../../src/text/simple-lower-case.ts';

test.each([
  ['ABC', 'abc'],
  ['ΑΣ', 'ασ'],
  ['İ', 'i'],
  ['ẞ', 'ß'],
  ['É', 'é'],
  ['a\ud800b', 'a\ufffdb'],
  ['😀', '😀'],
])('%s becomes %s', (text, lower) => {
  expect(simpleLowerCase(text)).toBe(lower);
});
