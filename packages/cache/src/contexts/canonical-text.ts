/** A JSON value as text: the same for equal values whatever the order of properties, different for different ones. */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  const properties = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(properties).filter((name) => properties[name] !== undefined);
  return `{${names
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(properties[name])}`)
    .join()}}`;
}
