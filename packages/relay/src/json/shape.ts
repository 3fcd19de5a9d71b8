/** What a request body must look like. The Go types are those of the relay, which its messages name. */
export type Shape =
  | { readonly kind: 'text' | 'switch' | 'any' | 'attributes' }
  | { readonly kind: 'list'; readonly goType: string; readonly of: Shape }
  | { readonly kind: 'record'; readonly goType: string; readonly fields: Readonly<Record<string, FieldShape>> };

interface FieldShape {
  /** The field as messages name it, from the top of the body. */
  readonly path: string;
  readonly shape: Shape;
}

/** A record whose fields are matched without regard to case. */
export type RecordShape = Extract<Shape, { kind: 'record' }>;

const goTypes = { text: 'string', switch: 'bool', any: 'interface {}', attributes: 'map[string]interface {}' };

export function goTypeOf(shape: Shape): string {
  return 'goType' in shape ? shape.goType : goTypes[shape.kind];
}

/** The field that a property name stands for, as Go folds names; undefined for unknown ones. */
export function fieldNameOf({ fields }: RecordShape, name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  // folding keeps the length of whatever folds to a known name, and costs more than a look at it
  const alike = Object.keys(fields).filter(({ length }) => length === name.length);
  if (alike.length === 0) return undefined;
  const folded = name.replaceAll('ſ', 's').toLowerCase();
  return alike.find((known) => known.toLowerCase() === folded);
}

/** Stands for a value that does not fit. */
export const misfit: unique symbol = Symbol('misfit');

/**
 * A parsed value as its shape has it: known fields under their right names, null as absent. A list keeps its null
 * entries, as undefined.
 */
export function conformed(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'any') return value;
  if (value === null) return undefined;
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' ? value : misfit;
    case 'switch':
      return typeof value === 'boolean' ? value : misfit;
    case 'attributes':
      return isObject(value) ? value : misfit;
    case 'list':
      return Array.isArray(value) ? conformedList(shape.of, value) : misfit;
    case 'record':
      return isObject(value) ? conformedRecord(shape, value) : misfit;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function conformedList(of: Shape, values: readonly unknown[]): unknown {
  const items = values.map((value) => conformed(of, value));
  return items.includes(misfit) ? misfit : items;
}

function conformedRecord(shape: RecordShape, value: Record<string, unknown>): unknown {
  const record: Record<string, unknown> = {};
  for (const [given, inner] of Object.entries(value)) {
    const name = fieldNameOf(shape, given);
    const field = name === undefined ? undefined : shape.fields[name];
    if (name === undefined || field === undefined) continue;
    const fitting = conformed(field.shape, inner);
    if (fitting === misfit) return misfit;
    if (fitting !== undefined) record[name] = fitting;
  }
  return record;
}
