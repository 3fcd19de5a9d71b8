import { field, isJsonObject, listField, objectFrom } from './json-answer.ts';

/** The kinds of flags that a manifest knows. */
export type ManifestType = 'boolean' | 'string' | 'integer' | 'float' | 'object';

/** A flag that has a `defaultValue` in its metadata. */
export interface ManifestFlag {
  readonly key: string;
  readonly type: ManifestType;
  readonly defaultValue: unknown;
  /** `""` if there is none. */
  readonly description: string;
}

/** What `GET /openfeature/v0/manifest` answers (goff-relay-protocol §3.6). */
export interface Manifest {
  readonly flags: readonly ManifestFlag[];
}

const names = ['key', 'type', 'defaultValue', 'description'];
const types: readonly unknown[] = ['boolean', 'string', 'integer', 'float', 'object'] satisfies ManifestType[];

/**
 * The flags of a manifest. Entries that are none are left out.
 *
 * @throws HalyardError `RESPONSE_INVALID` if the answer as a whole is none
 */
export function decodeManifest(text: string): Manifest {
  return { flags: listField(objectFrom(text), 'flags').flatMap((entry) => manifestFlagFrom(entry) ?? []) };
}

function manifestFlagFrom(entry: unknown): ManifestFlag | undefined {
  if (!isJsonObject(entry)) return undefined;
  const [key, type, defaultValue, description] = names.map((name) => field(entry, name));
  if (typeof key !== 'string' || !types.includes(type) || defaultValue === undefined) return undefined;
  return {
    key,
    type: type as ManifestType,
    defaultValue,
    description: typeof description === 'string' ? description : '',
  };
}
