import type { ExportedEvent, RelayEvent } from '@halyard/relay';

/** What there is to tell about a relay that serves. */
export type Report =
  | {
      readonly event: 'listening';
      readonly url: string;
      readonly port: number;
      readonly flags: number;
      readonly from: string;
    }
  | {
      readonly event: 'changed';
      readonly added: readonly string[];
      readonly updated: readonly string[];
      readonly deleted: readonly string[];
    }
  | { readonly event: 'warning' | 'error'; readonly message: string }
  | { readonly event: 'exported'; readonly exported: ExportedEvent }
  | { readonly event: 'stopped' };

/** A change of the flags as a report; undefined for what the relay logs by itself. */
export function reportOf(event: RelayEvent): Report | undefined {
  if (event.type !== 'changed') return undefined;
  const { added, updated, deleted } = event;
  return { event: 'changed', added, updated, deleted };
}
