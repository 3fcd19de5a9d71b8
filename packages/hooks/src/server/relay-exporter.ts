import { checkOptions, optionRules } from '@halyard/core';
import type { ApiKey, RelayClient } from '@halyard/relay-client';
import { anApiKey, anEndpoint } from '@halyard/relay-client';
import { nodeRelayClient } from '@halyard/relay-client/server';
import { exporterOver } from '../engine/relay-delivery.ts';
import type { UsageExporter } from '../ports/usage-exporter.ts';

/** The options of {@link relayExporter}. */
export interface RelayExporterOptions {
  /** Where the relay is, as in `http://localhost:1031`; a path prefix is kept. */
  readonly endpoint: string | URL;
  /** A text, or a function that is asked again when the relay refuses the key. Default: none. */
  readonly apiKey?: ApiKey;
  /** How long one request may take as a whole, in milliseconds. Default 5,000. */
  readonly timeoutMs?: number;
}

const rules = {
  endpoint: optionRules.required(anEndpoint),
  apiKey: anApiKey,
  timeoutMs: optionRules.aDuration(1),
};

/**
 * Sends usage data to the collector of a relay (goff-relay-protocol §3.5). Connects with the first batch.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function relayExporter(options: RelayExporterOptions): UsageExporter {
  checkOptions('relayExporter', options, rules);
  const own = { ...options };
  let client: RelayClient | undefined;
  return {
    ...exporterOver(() => (client ??= nodeRelayClient(own))),
    async close() {
      await client?.close();
      client = undefined;
    },
  };
}
