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
    experimentation: { start: '2025-06-15T10:00:00.000Z' },
  });
});

test('a place is the line that defines it', async () => {
  const { locate } = await decodeToml('flags.toml', text);
  expect(locate({ path: ['checkout', 'variations', 'off'] })).toEqual({ line: 6, column: 1 });
  expect(locate({ path: ['checkout', 'experimentation'] })).toEqual({ line: 9, column: 1 });
});

test('bad syntax is refused with its place', async () => {
  await expect(decodeToml('flags.toml', 'a = 1\nb = = 2')).rejects.toThrow(/^flags\.toml:2:\d+: not valid TOML/);
});
