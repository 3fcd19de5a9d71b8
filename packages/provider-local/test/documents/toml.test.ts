import { decodeToml } from '../../src/documents/toml-document.ts';

const text = `
[checkout]
version = "1"
[checkout.variations]
on = true
off = false
[checkout.defaultRule]
variation = "on"
[checkout.experimentation]
start = 2025-06-15T10:00:00Z
`;

test('tables, dates and numbers are read', async () => {
  const { flags } = await decodeToml('flags.toml', text);
  expect(flags.get('checkout')?.definition).toEqual({
    version: '1',
    variations: { on: true, off: false },
    defaultRule: { variation: 'on' },
    experimentation: { start: '2025-06-15T10:00:00Z' },
  });
});

test.each([
  ['2025-06-15', '2025-06-15T00:00:00Z'],
  ['2025-06-15T10:00:00', '2025-06-15T10:00:00Z'],
  ['2025-06-15T10:00:00.5', '2025-06-15T10:00:00.500Z'],
  ['2025-06-15T10:00:00+02:00', '2025-06-15T10:00:00+02:00'],
])('the date %s is read as %s', async (source, date) => {
  const { flags } = await decodeToml('flags.toml', `[f]\nend = ${source}`);
  expect(flags.get('f')?.definition).toEqual({ end: date });
});

test('a place is the line that defines it', async () => {
  const locate = (await decodeToml('flags.toml', text)).locator();
  expect(locate({ path: ['checkout', 'variations', 'off'] })).toEqual({ line: 6, column: 1 });
  expect(locate({ path: ['checkout', 'experimentation'] })).toEqual({ line: 9, column: 1 });
});

test('bad syntax is refused with its place', async () => {
  await expect(decodeToml('flags.toml', 'a = 1\nb = = 2')).rejects.toThrow(/^flags\.toml:2:\d+: not valid TOML/);
});
