import { messageOf } from '@halyard/core';
import { merged } from '@halyard/provider-local';
import type { EventExporter, Relay, RelayOptions, Source } from '@halyard/relay';
import { createRelay } from '@halyard/relay';
import type { ServeRequest } from '../arguments/invocation.ts';
import { commandWords } from '../findings/command-words.ts';
import type { Report } from '../output/report.ts';
import { reportOf } from '../output/report.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code.ts';
import { flagSource } from './flag-source.ts';

type Tell = (report: Report) => void;

/** Serves flags until the signal fires. */
export async function serve(request: ServeRequest, host: Host, tell: Tell): Promise<ExitCode> {
  // what the relay logs before it gives up is its error over again
  const held: Report[] = [];
  let say: Tell = (report) => void held.push(report);
  let relay: Relay;
  try {
    relay = await createRelay(relayOptions(request, (report) => say(report)));
  } catch (error) {
    for (const report of held) if (!isSaidBy(error, report)) tell(report);
    tell({ event: 'error', message: commandWords(error) });
    return exitCodeOf(error);
  }
  say = tell;
  held.forEach(tell);
  const { url, port } = relay;
  relay.on((event) => {
    const report = reportOf(event);
    if (report !== undefined) tell(report);
  });
  const [status] = relay.status();
  tell({ event: 'listening', url, port, flags: status?.flags ?? 0, from: status?.source.source ?? '' });
  await aborted(host.signal);
  await relay.close();
  tell({ event: 'stopped' });
  return 0;
}

function isSaidBy(error: unknown, report: Report): boolean {
  return 'message' in report && report.message === messageOf(error);
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
  return files.length > 1 ? merged(...files.map((file) => flagSource(file, {}))) : files[0];
}

function exporterOf(choice: string | undefined, tell: Tell): string | EventExporter | undefined {
  if (choice !== 'log') return choice;
  return { export: (batch) => batch.forEach((exported) => tell({ event: 'exported', exported })) };
}
