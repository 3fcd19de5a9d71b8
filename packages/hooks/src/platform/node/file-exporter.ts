import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { checkOptions, optionRules } from '@halyard/core';
import type { UsageExporter } from '../../ports/usage-exporter.ts';

function linesOf(events: readonly unknown[]): string | undefined {
  try {
    return events.map((event) => `${JSON.stringify(event)}\n`).join('');
  } catch {
    return undefined;
  }
}

/**
 * Appends usage data to a file, one JSON object a line, readable for its owner only. Folders are made as needed. The
 * metadata of a batch stands in each of its events as `metadata`, as the relay's own file exporter has it.
 *
 * @throws HalyardError `CONFIG_INVALID` if the path is empty
 */
export function fileExporter(path: string): UsageExporter {
  checkOptions('fileExporter', { path }, { path: optionRules.required(optionRules.aText) });
  const file = resolve(path);
  return {
    async export({ meta, events }) {
      const hasMetadata = Object.keys(meta).length > 0;
      const lines = linesOf(hasMetadata ? events.map((event) => ({ ...event, metadata: meta })) : events);
      if (lines === undefined) return { status: 'split', why: 'an event is no JSON' };
      await mkdir(dirname(file), { recursive: true });
      await appendFile(file, lines, { mode: 0o600 });
      return { status: 'accepted' };
    },
  };
}
