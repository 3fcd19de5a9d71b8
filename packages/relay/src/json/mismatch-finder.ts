import { overflowingNumber } from './number-range.ts';
import type { JsonVisitor } from './scan-json.ts';
import { scanJson } from './scan-json.ts';
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

/**
 * The first value that does not fit the shape, in the order of the text; undefined if all do.
 *
 * @param bytes of a text that holds a value
 */
export function findMismatch(bytes: Uint8Array, shape: Shape): Mismatch | undefined {
  const finder = new MismatchFinder(bytes, shape);
  scanJson(bytes, finder);
  return finder.found;
}

/** What a value must be, and the field it belongs to. */
interface Wanted {
  readonly shape: Shape;
  readonly field: string;
}

/** Nobody looks at the values of unknown fields. */
type Expectation = Wanted | 'ignored';

const kinds = { text: 'string', switch: 'bool', attributes: 'object', list: 'array', record: 'object' } as const;
const anything: Shape = { kind: 'any' };
const utf8 = new TextDecoder();

/** Follows a text with nothing in mind but what is open, however large it is. */
class MismatchFinder implements JsonVisitor {
  found: Mismatch | undefined;
  readonly #bytes: Uint8Array;
  /** What was expected of everything that is open. */
  readonly #open: Expectation[] = [];
  /** What is expected of the next value. */
  #next: Expectation;

  constructor(bytes: Uint8Array, shape: Shape) {
    this.#bytes = bytes;
    this.#next = { shape, field: '' };
  }

  name(start: number, end: number): void {
    const around = this.#open.at(-1);
    if (this.found !== undefined || around === undefined || around === 'ignored' || around.shape.kind !== 'record')
      return;
    this.#next = inField(around.shape, textOf(this.#bytes, start, end));
  }

  scalar(kind: 'string' | 'number' | 'bool' | 'null', start: number, end: number): void {
    const wanted = this.#next;
    if (wanted === 'ignored' || kind === 'null') return;
    if (wanted.shape.kind !== 'any') this.#check(wanted, kind, end);
    else if (kind === 'number') this.#checkRange(wanted, start, end);
  }

  opened(kind: 'object' | 'array', start: number): void {
    const wanted = this.#next;
    if (wanted !== 'ignored' && wanted.shape.kind !== 'any') this.#check(wanted, kind, start + 1);
    this.#open.push(wanted);
    this.#next = within(wanted);
  }

  closed(): void {
    this.#open.pop();
    const around = this.#open.at(-1);
    if (around !== undefined) this.#next = within(around);
  }

  #check({ shape, field }: Wanted, got: string, offset: number): void {
    if (shape.kind !== 'any' && kinds[shape.kind] === got) return;
    this.found ??= { expected: goTypeOf(shape), got, field, offset };
  }

  /** Numbers beyond all doubles are the one thing that does not fit everywhere. Go has read one byte more by then. */
  #checkRange({ field }: Wanted, start: number, end: number): void {
    if (this.found !== undefined) return;
    const text = overflowingNumber(this.#bytes, start, end);
    if (text !== undefined) this.found = { expected: 'float64', got: `number ${text}`, field, offset: end + 1 };
  }
}

/** What is expected of the values inside; those of a record depend on their names. */
function within(around: Expectation): Expectation {
  if (around === 'ignored' || around.shape.kind === 'any') return around;
  const { shape, field } = around;
  if (shape.kind === 'list') return { shape: shape.of, field };
  return shape.kind === 'attributes' ? { shape: anything, field } : 'ignored';
}

function inField(record: RecordShape, given: string): Expectation {
  const name = fieldNameOf(record, given);
  const field = name === undefined ? undefined : record.fields[name];
  return field === undefined ? 'ignored' : { shape: field.shape, field: field.path };
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return JSON.parse(utf8.decode(bytes.subarray(start, end))) as string;
}
