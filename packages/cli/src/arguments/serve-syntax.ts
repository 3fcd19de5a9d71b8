import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, someTexts } from './command-syntax.ts';
import { Unclear } from './typed-values.ts';

/** `halyard serve`. Keys may also come from `HALYARD_API_KEYS` and `HALYARD_ADMIN_KEYS`, with commas. */
export const serveSyntax: CommandSyntax = {
  options: {
    port: { type: 'string', short: 'p' },
    host: aText,
    'api-key': someTexts,
    'admin-key': someTexts,
    export: aText,
    enrich: someTexts,
    json: aSwitch,
  },
  read(typed) {
    const port = typed.only('port') ?? '1031';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      throw new Unclear('--port must be a whole number from 0 to 65535');
    }
    const request = {
      files: typed.servedFiles(),
      port: Number(port),
      host: typed.only('host') ?? '127.0.0.1',
      apiKeys: typed.all('api-key') ?? keysIn(typed.env, 'HALYARD_API_KEYS'),
      adminKeys: typed.all('admin-key') ?? keysIn(typed.env, 'HALYARD_ADMIN_KEYS'),
      export: typed.only('export'),
      enrichment: typed.enrichment(),
      json: typed.has('json'),
    };
    return { kind: 'serve', request };
  },
};

/** A variable that is set and holds no key would leave open what was meant to be closed. */
function keysIn(env: Readonly<Record<string, string | undefined>>, name: string): readonly string[] {
  const text = env[name] ?? '';
  const keys = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (text !== '' && keys.length === 0) throw new Unclear(`${name} is set, but holds no key`);
  return keys;
}
