import { joinQueryLines } from '../../../../src/dialects/goff/query/joined-query.ts';

test.each([
  ['a eq 1', 'a eq 1'],
  ['   a eq 1 ', 'a eq 1 '],
  ['a eq 1\nand b eq 2', 'a eq 1and b eq 2'],
  ['a eq 1 \n   and b eq 2\n', 'a eq 1 and b eq 2'],
  ['\ta eq 1\r\n  b', '\ta eq 1\rb'],
  [' \n \n', ''],
])('joins %j to %j', (text, joined) => {
  expect(joinQueryLines(text).text).toBe(joined);
});

test('leads every character back to where it stood', () => {
  const text = '  a eq 1 \n\n   and b\n c';
  const joined = joinQueryLines(text);
  for (const [index, character] of [...joined.text].entries()) expect(text[joined.offsetOf(index)]).toBe(character);
  expect(joined.offsetOf(joined.text.length)).toBe(text.length);
});
