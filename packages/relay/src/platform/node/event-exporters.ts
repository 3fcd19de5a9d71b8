import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EventExporter } from '../../ports/event-exporter.ts';

/**
 * Appends events to a file, one JSON object a line. The folder is made when it is missing.
 *
 * @param write writes an event as JSON
 */
export function jsonLinesFile(path: string, write: (event: unknown) => string): EventExporter {
  return {
    async export(batch) {
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, batch.map((event) => `${write(event)}\n`).join(''));
    },
  };
}
