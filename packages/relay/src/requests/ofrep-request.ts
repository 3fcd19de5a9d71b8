import type { RecordShape } from '../json/shape.ts';
import type { Asker } from './goff-request.ts';

/** What both OFREP endpoints are sent (goff-relay-protocol §4). */
export interface OfrepBody {
  readonly context?: Readonly<Record<string, unknown>>;
}

export const ofrepShape: RecordShape = {
  kind: 'record',
  goType: 'model.OFREPEvalFlagRequest',
  fields: { context: { path: 'context', shape: { kind: 'attributes' } } },
};

/** Who an OFREP context is about. Everything in it is an attribute; a targeting key that is no text counts as none. */
export function askerOfOfrep(context: Readonly<Record<string, unknown>>): Asker {
  const key = Object.hasOwn(context, 'targetingKey') ? context['targetingKey'] : undefined;
  return { key: typeof key === 'string' ? key : '', attributes: context };
}
