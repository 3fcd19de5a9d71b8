type Attributes = Readonly<Record<string, unknown>>;

/**
 * The flags that a context asks for when all are evaluated: the texts in `gofeatureflag.flagList`
 * (goff-relay-protocol §3.2). Undefined for all of them.
 */
export function wantedFlags(attributes: Attributes): readonly string[] | undefined {
  const specific: unknown = Object.hasOwn(attributes, 'gofeatureflag') ? attributes['gofeatureflag'] : undefined;
  if (typeof specific !== 'object' || specific === null || !Object.hasOwn(specific, 'flagList')) return undefined;
  const list = (specific as Attributes)['flagList'];
  const keys = Array.isArray(list) ? list.filter((key): key is string => typeof key === 'string') : [];
  return keys.length === 0 ? undefined : keys;
}
