import type { RecordShape } from '../json/shape.ts';

/** An event as it was sent; nothing about it is certain yet. */
export type SentEvent = Readonly<Record<string, unknown>>;

/** What `/v1/data/collector` is sent (goff-relay-protocol §3.5). A null in the list is an empty event. */
export interface CollectorBody {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly events?: readonly (SentEvent | undefined)[];
}

export const collectorShape: RecordShape = {
  kind: 'record',
  goType: 'model.CollectEvalDataRequest',
  fields: {
    meta: { path: 'meta', shape: { kind: 'attributes' } },
    events: {
      path: 'events',
      shape: { kind: 'list', goType: '[]map[string]interface {}', of: { kind: 'attributes' } },
    },
  },
};
