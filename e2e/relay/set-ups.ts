// The three ways in which relays are set up for comparisons: open, with keys, with flag sets.
import path from 'node:path';
import type { RelayOptions } from '@halyard/relay';

/** A way to set a relay up. */
export type SetUp = 'open' | 'keys' | 'flagSets';

/** The same set-up for both relays. */
export interface SetUpChoice {
  /** Files of `flags/` that the relay proxy's working folder needs. */
  readonly files: readonly string[];
  /** The relay proxy's configuration file (JSON is YAML); it listens on the loopback address. */
  relayProxyConfig(port: number): string;
  /** The same for the embedded relay. */
  options(folder: string): RelayOptions;
}

const enrichment = { environment: 'test', level: 2, gofeatureflag: { exporterMetadata: { from: 'relay' } } };

function configText(port: number, rest: object): string {
  return JSON.stringify({ server: { host: '127.0.0.1', port }, hideBanner: true, pollingInterval: 1000, ...rest });
}

/** Where the relay proxy exports to: evaluations, and tracking calls. */
export const exportFolder = 'export';
/** Where the embedded relay exports both. */
export const exportFile = 'events.jsonl';

const fileExporter = (filename: string, eventType: string): object => ({
  kind: 'file',
  outputDir: `./${exportFolder}`,
  filename,
  eventType,
  flushInterval: 200,
});

const retriever = (file: string): object => ({ kind: 'file', path: `./${file}` });

export const setUps: Readonly<Record<SetUp, SetUpChoice>> = {
  open: {
    files: ['open.yaml'],
    relayProxyConfig: (port) =>
      configText(port, {
        retrievers: [retriever('open.yaml')],
        exporters: [fileExporter('feature.json', 'feature'), fileExporter('tracking.json', 'tracking')],
      }),
    options: (folder) => ({
      port: 0,
      source: path.join(folder, 'open.yaml'),
      exporter: path.join(folder, exportFile),
      flushIntervalMs: 200,
    }),
  },
  keys: {
    files: ['keys.json'],
    relayProxyConfig: (port) =>
      configText(port, {
        fileFormat: 'json',
        retrievers: [retriever('keys.json')],
        authorizedKeys: { evaluation: ['eval-key', 'odd +&=/ä key'], admin: ['admin-key'] },
        evaluationContextEnrichment: enrichment,
      }),
    options: (folder) => ({
      port: 0,
      source: path.join(folder, 'keys.json'),
      apiKeys: ['eval-key', 'odd +&=/ä key'],
      adminKeys: ['admin-key'],
      contextEnrichment: enrichment,
    }),
  },
  flagSets: {
    files: ['set1.yaml', 'set2.toml'],
    relayProxyConfig: (port) =>
      configText(port, {
        authorizedKeys: { evaluation: ['no-set'], admin: ['set1-admin', 'admin-key'] },
        flagsets: [
          {
            name: 'set1',
            apiKeys: ['set1-key', 'set1-admin'],
            pollingInterval: 1000,
            retrievers: [retriever('set1.yaml')],
          },
          {
            name: 'set2',
            apiKeys: ['set2-key'],
            pollingInterval: 1000,
            fileFormat: 'toml',
            retrievers: [retriever('set2.toml')],
          },
        ],
      }),
    options: (folder) => ({
      port: 0,
      apiKeys: ['no-set'],
      adminKeys: ['set1-admin', 'admin-key'],
      flagSets: [
        { name: 'set1', apiKeys: ['set1-key', 'set1-admin'], source: path.join(folder, 'set1.yaml') },
        { name: 'set2', apiKeys: ['set2-key'], source: path.join(folder, 'set2.toml') },
      ],
    }),
  },
};
