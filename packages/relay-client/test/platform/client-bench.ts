import { isHalyardError } from '@halyard/core';
import { ManualClock } from '@halyard/testkit';
import type { ApiKey, RelayClient } from '../../src/index.ts';
import { createRelayClient, parseEndpoint } from '../../src/index.ts';
import { transportKinds } from './transport-kinds.ts';

const clients: RelayClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

/** A client whose time stands still, over one kind of transport. */
export interface BenchedClient {
  readonly client: RelayClient;
  readonly clock: ManualClock;
}

export function benchedClient(
  kind: string,
  url: string,
  { apiKey, maxBodyBytes }: { readonly apiKey?: ApiKey; readonly maxBodyBytes?: number } = {},
): BenchedClient {
  const transport = transportKinds[kind]?.(maxBodyBytes);
  if (transport === undefined) throw new Error(`no transport ${kind}`);
  const clock = new ManualClock();
  const endpoint = parseEndpoint(url);
  const client = createRelayClient({ endpoint, apiKey, transport, timeoutMs: 5_000, protocol: 'goff', clock });
  clients.push(client);
  return { client, clock };
}

/** The value that came, or the code and message of the failure. */
export async function cameOf(work: Promise<unknown>): Promise<unknown> {
  try {
    const result = await work;
    const isOutcome = typeof result === 'object' && result !== null && 'resolution' in result;
    return isOutcome ? (result.resolution as { value: unknown }).value : result;
  } catch (error) {
    return isHalyardError(error) ? `${error.code}: ${error.message}` : `unexpected: ${String(error)}`;
  }
}
