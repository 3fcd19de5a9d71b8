import type { ExportedEvent } from '@halyard/relay';
import type { Paint } from './paint.ts';
import type { Report } from './report.ts';
import { visibleLine, visibleText } from './visible-text.ts';

/** So many flags are named in one line. */
const MOST_NAMED = 10;

function named(keys: readonly string[]): string {
  const shown = keys.slice(0, MOST_NAMED).join(', ');
  return keys.length > MOST_NAMED ? `${shown} and ${keys.length - MOST_NAMED} more` : shown;
}

function countOf(flags: number): string {
  return flags === 1 ? '1 flag' : `${flags} flags`;
}

function exportedText(event: ExportedEvent): string {
  if (!('variation' in event)) return `${event.userKey} did ${event.key}`;
  return `${event.userKey} got ${event.key} = ${JSON.stringify(event.value)} (${event.variation})`;
}

/** A report in one readable line. */
export function humanReport(report: Report, paint: Paint): string {
  switch (report.event) {
    case 'listening':
      return `${paint('green', report.url)} serves ${countOf(report.flags)} from ${visibleLine(report.from)}`;
    case 'changed': {
      const { added, updated, deleted } = report;
      const parts = [
        ...(added.length > 0 ? [`added ${named(added)}`] : []),
        ...(updated.length > 0 ? [`changed ${named(updated)}`] : []),
        ...(deleted.length > 0 ? [`removed ${named(deleted)}`] : []),
      ];
      return visibleLine(`flags loaded: ${parts.join('; ')}`);
    }
    case 'warning':
      return paint('yellow', visibleText(report.message));
    case 'error':
      return paint('red', visibleText(report.message));
    case 'exported':
      return paint('dim', visibleLine(exportedText(report.exported)));
    case 'stopped':
      return 'stopped';
  }
}
