import { messageOf } from '@halyard/core';
import { fileSource, merged } from '@halyard/provider-local';
import type { EventExporter, Relay, RelayOptions, Source } from '@halyard/relay';
import { createRelay } from '@halyard/relay';
import type { ServeRequest } from '../arguments/invocation.ts';
import type { Report } from '../output/report.ts';
import { reportOf } from '../output/report.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code.ts';

type Tell = (report: Report) => void;

/** Serves flags until the signal fires. */
export async function serve(request: ServeRequest, { signal }: Host, tell: Tell): Promise<ExitCode> {
  let relay: Relay;
  try {
    relay = await createRelay(relayOptions(request, tell));
  } catch (error) {
    tell({ event: 'error', message: messageOf(error) });
    return exitCodeOf(error);
  }
  const { url, port } = relay;
  relay.on((event) => {
    const report = reportOf(event);
    if (report !== undefined) tell(report);
  });
  const [status] = relay.status();
  tell({ event: 'listening', url, port, flags: status?.flags ?? 0, from: status?.source.source ?? '' });
  await aborted(signal);
  await relay.close();
  tell({ event: 'stopped' });
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
    return undefined;
  });
}

function relayOptions(request: ServeRequest, tell: Tell): RelayOptions {
  const { port, host, apiKeys, adminKeys, enrichment } = request;
  const source = sourceOf(request.files);
  const exporter = exporterOf(request.export, tell);
  return {
    port,
    host,
    apiKeys,
    adminKeys,
    contextEnrichment: enrichment,
    ...(source !== undefined && { source }),
    ...(exporter !== undefined && { exporter }),
    // what is wrong with flags and sources is logged as a warning, with its place
    logger: {
      error: (message) => tell({ event: 'error', message: String(message) }),
      warn: (message) => tell({ event: 'warning', message: String(message) }),
      info: () => undefined,
      debug: () => undefined,
    },
  };
}

/** @throws HalyardError `CONFIG_INVALID` for a file whose extension tells no format */
function sourceOf(files: readonly string[]): string | Source | undefined {
  return files.length > 1 ? merged(...files.map(fileSource)) : files[0];
}

function exporterOf(choice: string | undefined, tell: Tell): string | EventExporter | undefined {
  if (choice !== 'log') return choice;
  return { export: (batch) => batch.forEach((exported) => tell({ event: 'exported', exported })) };
}
