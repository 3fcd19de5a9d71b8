import type { JsonVisitor } from './scan-json.ts';
import { scanJson } from './scan-json.ts';

/** A value with its place in the text, for messages about it. */
export interface JsonNode {
  readonly kind: 'string' | 'number' | 'bool' | 'null' | 'object' | 'array';
  readonly start: number;
  /** Behind the last byte; of what is still open, 0. */
  readonly end: number;
  /** The names in front of `inner`, of objects. */
  readonly names: readonly string[];
  readonly inner: readonly JsonNode[];
}

interface GrowingNode extends JsonNode {
  end: number;
  readonly names: string[];
  readonly inner: GrowingNode[];
}

/** The places of everything in a text that holds a value. */
export function jsonTree(bytes: Uint8Array): JsonNode {
  const top: GrowingNode = { kind: 'array', start: 0, end: 0, names: [], inner: [] };
  const open = [top];
  const add = (kind: JsonNode['kind'], start: number, end: number): GrowingNode => {
    const node = { kind, start, end, names: [], inner: [] };
    (open.at(-1) as GrowingNode).inner.push(node);
    return node;
  };
  const visitor: JsonVisitor = {
    name: (start, end) => void open.at(-1)?.names.push(textOf(bytes, start, end)),
    scalar: add,
    opened: (kind, start) => void open.push(add(kind, start, 0)),
    closed(end) {
      const node = open.pop();
      if (node !== undefined) node.end = end;
    },
  };
  scanJson(bytes, visitor);
  return top.inner[0] as JsonNode;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return JSON.parse(new TextDecoder().decode(bytes.subarray(start, end))) as string;
}
