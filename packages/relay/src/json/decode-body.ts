import type { JsonFault } from './json-fault.ts';
import type { Mismatch } from './mismatch-finder.ts';
import { findMismatch } from './mismatch-finder.ts';
import { overflowingNumber } from './number-range.ts';
import type { JsonVisitor } from './scan-json.ts';
import { scanJson } from './scan-json.ts';
import type { RecordShape } from './shape.ts';
import { conformed, misfit } from './shape.ts';
import { parseWellFormedJson } from './well-formed-json.ts';

/** Why a body cannot be used, in the words of echo, the framework of the relay. */
interface BodyFault {
  readonly message: string;
  /** The cause behind the message, which some answers add. */
  readonly internal: string;
}

/** A body as its shape has it, or why it is none. */
export type DecodedBody<T> = { readonly value: T } | { readonly fault: BodyFault };

/** Decodes the first JSON value of a body (goff-relay-protocol §1.1). `T` is what the shape describes. */
export function decodeBody<T>(bytes: Uint8Array, shape: RecordShape): DecodedBody<T> {
  const overflow = new OverflowWatch(bytes);
  const end = scanJson(bytes, overflow);
  if (typeof end !== 'number') return { fault: ofSyntax(end) };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, end));
  const value = conformed(shape, parseWellFormedJson(text));
  if (value === misfit || overflow.seen) {
    const mismatch = findMismatch(bytes, shape);
    if (mismatch !== undefined) return { fault: ofMismatch(mismatch, shape) };
  }
  return { value: (value ?? {}) as T };
}

/** Takes note of numbers that doubles cannot hold. */
class OverflowWatch implements JsonVisitor {
  readonly #bytes: Uint8Array;
  seen = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  name(): void {}
  opened(): void {}
  closed(): void {}

  scalar(kind: string, start: number, end: number): void {
    if (kind === 'number' && !this.seen) this.seen = overflowingNumber(this.#bytes, start, end) !== undefined;
  }
}

function ofSyntax(fault: JsonFault): BodyFault {
  if (fault.kind === 'end') return { message: fault.message, internal: fault.message };
  return { message: `Syntax error: offset=${fault.offset}, error=${fault.message}`, internal: fault.message };
}

function ofMismatch({ expected, got, field, offset }: Mismatch, { goType }: RecordShape): BodyFault {
  const message = `Unmarshal type error: expected=${expected}, got=${got}, field=${field}, offset=${offset}`;
  const into = field === '' ? 'Go value' : `Go struct field ${goType.split('.')[1]}.${field}`;
  return { message, internal: `json: cannot unmarshal ${got} into ${into} of type ${expected}` };
}
