import type { Branch } from '../../../diagnostics/branch.ts';
import { below, pathOf } from '../../../diagnostics/branch.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { isPlainObject } from '../../../options/option-rules.ts';
import type { DocumentFault } from '../../document-refusal.ts';

/** An object of a document. */
export type Properties = Readonly<Record<string, unknown>>;

const nothing: Properties = Object.freeze({});

/** Reads typed values and gathers what is wrong and what is odd. null is absent wherever a value is not data. */
export class Findings {
  readonly faults: DocumentFault[] = [];
  readonly warnings: Diagnostic[] = [];

  fault(at: Branch, found: string, expected: string): void {
    this.faults.push({ path: pathOf(at), found, expected });
  }

  warn(code: string, at: Branch, message: string): void {
    this.warnings.push({ severity: 'warning', code, message, path: pathOf(at) });
  }

  /** A fault about a value. */
  wrong(at: Branch, value: unknown, expected: string): void {
    this.fault(at, describeValue(value), expected);
  }

  /** The own property of an object; undefined if it is not there or null. */
  property(from: Properties, name: string): unknown {
    return Object.hasOwn(from, name) ? (from[name] ?? undefined) : undefined;
  }

  boolean(from: Properties, name: string, at: Branch): boolean | undefined {
    const value = this.property(from, name);
    if (value === undefined || typeof value === 'boolean') return value;
    this.wrong(below(at, name), value, 'true or false');
    return undefined;
  }

  /** An object; an empty one if it is not there or has the wrong type. */
  mapping(from: Properties, name: string, at: Branch): Properties {
    const value = this.property(from, name);
    if (value === undefined) return nothing;
    if (isPlainObject(value)) return value;
    this.wrong(below(at, name), value, 'an object');
    return nothing;
  }

  /**
   * A list whose elements are all of one type; elements of another type are faults and left out.
   *
   * @returns undefined if it is not there or no list
   */
  list<T>(from: Properties, name: string, at: Branch, element: ElementRule<T>): readonly T[] | undefined {
    const value = this.property(from, name);
    if (value === undefined) return undefined;
    const own = below(at, name);
    if (Array.isArray(value)) return value.filter((inner, index) => this.#isRight(inner, below(own, index), element));
    this.wrong(own, value, `a list of ${element.plural}`);
    return undefined;
  }

  #isRight<T>(value: unknown, at: Branch, { accepts, expected, expectedFor }: ElementRule<T>): value is T {
    if (accepts(value)) return true;
    this.wrong(at, value, expectedFor?.(value) ?? expected);
    return false;
  }
}

/** What the elements of a list must be. */
export interface ElementRule<T> {
  readonly expected: string;
  readonly plural: string;
  /** What is expected instead of some values in particular; undefined for all others. */
  expectedFor?(value: unknown): string | undefined;
  accepts(value: unknown): value is T;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
/** Whether digits of a number were lost as the document was read. */
const isRounded = (value: unknown): boolean => Number.isInteger(value) && !Number.isSafeInteger(value);

export const aText: ElementRule<string> = { expected: 'a text', plural: 'texts', accepts: isText };

export const aUserId: ElementRule<string | number> = {
  expected: 'a user id: a text or a number',
  plural: 'user ids',
  // it would be the id of somebody else
  expectedFor: (value) =>
    isRounded(value) ? 'a user id: write so long a number as a text, in quotes, as digits of it are lost' : undefined,
  accepts: (value): value is string | number => isText(value) || (isNumber(value) && !isRounded(value)),
};

export const aWeight: ElementRule<number> = {
  expected: 'a number from 0 on',
  plural: 'numbers from 0 on',
  accepts: (value): value is number => isNumber(value) && value >= 0,
};

/** What attributes are compared with. */
export const aScalar: ElementRule<string | number | boolean | null> = {
  expected: 'a text, number, boolean or null',
  plural: 'texts, numbers, booleans or null',
  accepts: (value): value is string | number | boolean | null =>
    value === null || isText(value) || isNumber(value) || typeof value === 'boolean',
};
