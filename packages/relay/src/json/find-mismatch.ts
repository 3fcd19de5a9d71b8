import type { JsonNode } from './json-tree.ts';
import type { RecordShape, Shape } from './shape.ts';
import { fieldNameOf, goTypeOf } from './shape.ts';

/** A value of a wrong type, as Go's decoder reports it. */
export interface Mismatch {
  readonly expected: string;
  readonly got: string;
  /** The path of the field, `''` for the body as a whole. */
  readonly field: string;
  readonly offset: number;
}

/** The first value that does not fit the shape, in the order of the text; undefined if all do. */
export function findMismatch(bytes: Uint8Array, node: JsonNode, shape: Shape, field = ''): Mismatch | undefined {
  if (shape.kind === 'any') return findOverflow(bytes, node, field);
  if (node.kind === 'null') return undefined;
  const isFitting = node.kind === kinds[shape.kind];
  if (!isFitting) {
    const isOpened = node.kind === 'object' || node.kind === 'array';
    return { expected: goTypeOf(shape), got: node.kind, field, offset: isOpened ? node.start + 1 : node.end };
  }
  switch (shape.kind) {
    case 'attributes':
      return firstOf(node.inner, (inner) => findOverflow(bytes, inner, field));
    case 'list':
      return firstOf(node.inner, (inner) => findMismatch(bytes, inner, shape.of, field));
    case 'record':
      return firstOf(node.inner, (inner, index) => findInField(bytes, inner, node.names[index] ?? '', shape));
    default:
      return undefined;
  }
}

const kinds = { text: 'string', switch: 'bool', attributes: 'object', list: 'array', record: 'object' } as const;

function findInField(bytes: Uint8Array, node: JsonNode, given: string, shape: RecordShape): Mismatch | undefined {
  const name = fieldNameOf(shape, given);
  const field = name === undefined ? undefined : shape.fields[name];
  return field && findMismatch(bytes, node, field.shape, field.path);
}

/** Numbers beyond all doubles are the one thing that does not fit everywhere. Go has read one byte more by then. */
function findOverflow(bytes: Uint8Array, node: JsonNode, field: string): Mismatch | undefined {
  if (node.kind !== 'number') return firstOf(node.inner, (inner) => findOverflow(bytes, inner, field));
  const text = new TextDecoder().decode(bytes.subarray(node.start, node.end));
  if (Number.isFinite(Number(text))) return undefined;
  return { expected: 'float64', got: `number ${text}`, field, offset: node.end + 1 };
}

function firstOf(
  nodes: readonly JsonNode[],
  find: (node: JsonNode, index: number) => Mismatch | undefined,
): Mismatch | undefined {
  for (const [index, node] of nodes.entries()) {
    const found = find(node, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
