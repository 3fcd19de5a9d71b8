import type { FlagAnswer } from '../answers/flag-answer.ts';
import type { ExportedFeatureEvent } from '../ports/event-exporter.ts';
import type { Asker } from '../requests/goff-request.ts';

type Attributes = Readonly<Record<string, unknown>>;

function ownOf(attributes: unknown, name: string): unknown {
  const isObject = typeof attributes === 'object' && attributes !== null && !Array.isArray(attributes);
  return isObject && Object.hasOwn(attributes, name) ? (attributes as Attributes)[name] : undefined;
}

function isAttributes(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The event of an evaluation that the relay did itself (goff-relay-protocol §3.1).
 *
 * @param enrichment what evaluation merged over the attributes; nothing if there was no flag to evaluate
 * @param creationDate in seconds since 1970
 */
export function servedEvent(
  { flagKey, asker, answer }: { readonly flagKey: string; readonly asker: Asker; readonly answer: FlagAnswer },
  enrichment: Attributes,
  creationDate: number,
): ExportedFeatureEvent {
  const attribute = (name: string): unknown =>
    Object.hasOwn(enrichment, name) ? enrichment[name] : ownOf(asker.attributes, name);
  const metadata = ownOf(attribute('gofeatureflag'), 'exporterMetadata');
  return {
    kind: 'feature',
    contextKind: attribute('anonymous') === true ? 'anonymousUser' : 'user',
    userKey: asker.key,
    creationDate,
    key: flagKey,
    variation: answer.variation,
    value: answer.value ?? null,
    default: answer.errorCode !== '',
    version: answer.version,
    source: 'SERVER',
    ...(isAttributes(metadata) && Object.keys(metadata).length > 0 && { metadata }),
  };
}
