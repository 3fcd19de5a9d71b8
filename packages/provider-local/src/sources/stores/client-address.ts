// Where the clients of stores lead to, as far as they show it. What tells who somebody is, is left out: it may change.

/** What is known of an address: names and values in a fixed order; undefined where nothing is known. */
export type ClientAddress = readonly (string | null)[] | undefined;

/** A property, however hostile the object: a getter that throws shows nothing. */
function shown(object: unknown, ...path: readonly string[]): unknown {
  try {
    return path.reduce((value, name) => (value as Record<string, unknown> | null | undefined)?.[name], object);
  } catch {
    return undefined;
  }
}

/** A text or a number; of an address no user, no password and no parameters. */
function textOf(object: unknown, ...path: readonly string[]): string | null {
  const value = shown(object, ...path);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  return /[@?]|:\/\//.test(value) ? placeIn(value) : value;
}

function placeIn(address: string): string {
  if (!URL.canParse(address)) return address.replace(/[?#].*$/s, '').replace(/^.*@/s, '');
  const { protocol, host, pathname, searchParams } = new URL(address);
  return [`${protocol}//${host}${pathname}`, ...searchParams.getAll('host')].join();
}

function known(...parts: readonly (string | null)[]): ClientAddress {
  return parts.some((part) => part !== null) ? parts : undefined;
}

/** The project of a client of `@supabase/supabase-js`, and the schema that it reads. */
export function supabaseAddress(client: unknown): ClientAddress {
  return known(textOf(client, 'supabaseUrl'), textOf(client, 'rest', 'schemaName'));
}

/** The server and the database of a client of `redis` or `ioredis`; of a cluster, where its search begins. */
export function redisAddress(client: unknown): ClientAddress {
  const names = ['host', 'port', 'path', 'db', 'database', 'keyPrefix'];
  return known(
    ...names.map((name) => textOf(client, 'options', name)),
    ...['host', 'port', 'path'].map((name) => textOf(client, 'options', 'socket', name)),
    textOf(client, 'options', 'url'),
    nodesOf(client, 'options', 'sentinels'),
    // else it is the client's own name
    shown(client, 'options', 'sentinels') === undefined ? null : textOf(client, 'options', 'name'),
    nodesOf(client, 'startupNodes'),
  );
}

/** Several servers, each an address or a host with its port. */
function nodesOf(client: unknown, ...path: readonly string[]): string | null {
  const nodes = shown(client, ...path);
  if (!Array.isArray(nodes)) return null;
  const names = nodes.map((node) => [textOf(node, 'host'), textOf(node, 'port'), textOf({ node }, 'node')]);
  return names.length === 0 ? null : JSON.stringify(names);
}

/** The server and the database of a pool of `pg`, or of a client. */
export function postgresAddress(client: unknown): ClientAddress {
  const names = ['host', 'port', 'database'];
  return known(
    ...names.map((name) => textOf(client, name)),
    ...names.map((name) => textOf(client, 'options', name)),
    textOf(client, 'options', 'connectionString'),
  );
}

/** Where the driver of a storage of `unstorage` keeps what is under a key. */
export function storageAddress(storage: unknown, key: string): ClientAddress {
  const mount = mountOf(storage, key);
  const names = ['base', 'host', 'port', 'db', 'dbName', 'path', 'dir', 'table', 'tableName', 'bucket', 'endpoint'];
  const others = ['region', 'accountId', 'accountName', 'containerName', 'namespaceId', 'repo', 'branch'];
  return known(
    textOf(mount, 'base'),
    textOf(mount, 'driver', 'name'),
    ...[...names, ...others].map((name) => textOf(mount, 'driver', 'options', name)),
    textOf(mount, 'driver', 'options', 'url'),
  );
}

function mountOf(storage: unknown, key: string): unknown {
  try {
    return (storage as { getMount?: (key: string) => unknown }).getMount?.(key);
  } catch {
    return undefined;
  }
}
