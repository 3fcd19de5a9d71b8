import type { Logger } from '@halyard/core';
import { writeJson } from '../json/write-json.ts';
import type { EventExporter } from '../ports/event-exporter.ts';

/** Logs events one by one. Shows targeting keys and values: somebody asked for it. */
export function logExporter(logger: Logger): EventExporter {
  return {
    export(batch) {
      for (const event of batch) {
        const what =
          event.kind === 'tracking' || !('variation' in event)
            ? `tracked ${JSON.stringify(event.key)}`
            : `${JSON.stringify(event.key)} is ${writeJson(event.value)} (${event.variation})`;
        logger.info(`event: ${what} for ${JSON.stringify(event.userKey)}`);
      }
    },
  };
}
