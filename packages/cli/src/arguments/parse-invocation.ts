import { nearestName } from '@halyard/core';
import type { Host } from '../ports/host.ts';
import type { OptionKinds, Tokenize } from '../ports/tokens.ts';
import type { Invocation, ServeRequest } from './invocation.ts';
import { typedIn } from './option-values.ts';

const commands = ['serve'];

const serveOptions: OptionKinds = {
  port: { type: 'string', short: 'p' },
  host: { type: 'string' },
  'api-key': { type: 'string' },
  'admin-key': { type: 'string' },
  export: { type: 'string' },
  enrich: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
};

type Values = ReadonlyMap<string, readonly string[]>;

const misuse = (problem: string): Invocation => ({ kind: 'misuse', problem });

/** Understands a command line. Keys may also come from `HALYARD_API_KEYS` and `HALYARD_ADMIN_KEYS`, with commas. */
export function parseInvocation(args: readonly string[], env: Host['env'], tokenize: Tokenize): Invocation {
  const typed = typedIn(tokenize(args, serveOptions), serveOptions);
  if ('problem' in typed) return misuse(typed.problem);
  const { values, positionals } = typed;
  const [command, ...files] = positionals;
  if (values.has('version')) return { kind: 'version' };
  if (values.has('help')) return { kind: 'help', about: command === 'serve' ? 'serve' : 'halyard' };
  if (command === undefined) return misuse('say what to do');
  if (!commands.includes(command)) {
    const meant = nearestName(command, commands);
    return misuse(`unknown command ${JSON.stringify(command)}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
  }
  return serveInvocation(files, values, env);
}

function serveInvocation(files: readonly string[], values: Values, env: Host['env']): Invocation {
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  const port = last('port') ?? '1031';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) return misuse('--port must be a whole number from 0 to 65535');
  const enrichment = attributesIn(values.get('enrich') ?? []);
  if (typeof enrichment === 'string') return misuse(enrichment);
  const keys = (name: string, variable: string): readonly string[] => values.get(name) ?? listIn(env[variable]);
  const request: ServeRequest = {
    files,
    port: Number(port),
    host: last('host') ?? '127.0.0.1',
    apiKeys: keys('api-key', 'HALYARD_API_KEYS'),
    adminKeys: keys('admin-key', 'HALYARD_ADMIN_KEYS'),
    export: last('export'),
    enrichment,
    json: values.has('json'),
  };
  return { kind: 'serve', request };
}

function listIn(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** @returns the attributes, or what is wrong with one of them */
function attributesIn(pairs: readonly string[]): Readonly<Record<string, unknown>> | string {
  const attributes: [string, unknown][] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) return '--enrich must be <attribute>=<value>';
    attributes.push([pair.slice(0, equals), valueOf(pair.slice(equals + 1))]);
  }
  return Object.fromEntries(attributes);
}

/** JSON if it is some, else the text itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
