import type { ManifestFlag, ManifestType } from '@halyard/relay-client';
import type { Fields } from '../json/write-json.ts';
import { fields } from '../json/write-json.ts';

type Written = Readonly<Record<string, unknown>>;

/** What the manifest wants to know of a flag. */
interface ManifestSubject {
  readonly key: string;
  /** As the relay writes it. */
  readonly definition: Fields;
  readonly metadata: Written | undefined;
}

/** The type of a flag by its variations. */
function typeOf(values: readonly unknown[]): ManifestType {
  const [first] = values;
  if (typeof first === 'boolean') return 'boolean';
  if (typeof first === 'string') return 'string';
  if (typeof first === 'number') return values.every(Number.isInteger) ? 'integer' : 'float';
  return 'object';
}

/** A flag as the OpenFeature manifest tells of it (goff-relay-protocol §3.6); undefined if it has no `defaultValue`. */
export function manifestEntry({ key, definition, metadata }: ManifestSubject): Fields | undefined {
  const facts = metadata ?? {};
  if (!Object.hasOwn(facts, 'defaultValue')) return undefined;
  const description = typeof facts['description'] === 'string' ? facts['description'] : '';
  const type = typeOf(Object.values(definition.get('variations') as Written));
  return fields<ManifestFlag>({ key, type, defaultValue: facts['defaultValue'], description });
}
