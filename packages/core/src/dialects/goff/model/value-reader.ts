import type { DocumentPath, Report } from '../../../diagnostics/diagnostic.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { nearestName } from '../../../options/nearest-name.ts';
import { isPlainObject } from '../../../options/option-rules.ts';
import type { Instant } from '../../../time/instant.ts';
import { parseInstant } from '../../../time/rfc3339.ts';
import type { PropertyNames } from './property-names.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Reads typed values out of a decoded document; reports what has the wrong type. null means absent everywhere. */
export class ValueReader {
  readonly #report: Report;
  readonly #anyCase: boolean;

  /** @param naming whether property names match without regard to case, as in JSON and TOML files (§2, §14) */
  constructor(report: Report, naming: 'exact' | 'any-case') {
    this.#report = report;
    this.#anyCase = naming === 'any-case';
  }

  text(value: unknown, path: DocumentPath): string | undefined {
    return this.#typed<string>(value, 'string', 'a text', path);
  }

  boolean(value: unknown, path: DocumentPath): boolean | undefined {
    return this.#typed<boolean>(value, 'boolean', 'true or false', path);
  }

  number(value: unknown, path: DocumentPath): number | undefined {
    return this.#typed<number>(value, 'number', 'a number', path);
  }

  instant(value: unknown, path: DocumentPath): Instant | undefined {
    if (value === undefined || value === null) return undefined;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant === undefined) this.#wrongType(value, 'a date such as "2026-01-31T12:00:00Z"', path);
    return instant;
  }

  list(value: unknown, path: DocumentPath): readonly unknown[] | undefined {
    if (value === undefined || value === null) return undefined;
    if (Array.isArray(value)) return value;
    this.#wrongType(value, 'a list', path);
    return undefined;
  }

  /** An object whose keys are data, not property names. */
  mapping(value: unknown, path: DocumentPath): Properties | undefined {
    if (value === undefined || value === null) return undefined;
    if (isPlainObject(value)) return value;
    this.#wrongType(value, 'an object', path);
    return undefined;
  }

  /** An object with known properties, under their right names. Unknown ones are reported and left out. */
  properties(value: unknown, names: PropertyNames, path: DocumentPath): Properties | undefined {
    const given = this.mapping(value, path);
    if (given === undefined) return undefined;
    const keys = Object.keys(given);
    if (keys.every((key) => names.exact.has(key))) return given;
    const known: Record<string, unknown> = {};
    for (const key of keys) {
      const name = names.exact.has(key) ? key : this.#nameInAnyCase(key, names);
      if (name === undefined) this.#unknownProperty(key, names, path);
      else known[name] = given[key];
    }
    return known;
  }

  #nameInAnyCase(key: string, names: PropertyNames): string | undefined {
    // Go folds the long s too, which toLowerCase leaves alone
    return this.#anyCase ? names.byLowerCase.get(key.replaceAll('ſ', 's').toLowerCase()) : undefined;
  }

  #unknownProperty(key: string, names: PropertyNames, path: DocumentPath): void {
    const meant = nearestName(key, names.exact);
    const hint = meant === undefined ? '' : `; "${meant}" is the nearest known one`;
    this.#report({
      severity: 'warning',
      code: 'unknown-property',
      message: `the property ${describeValue(key)} is ignored${hint}`,
      path: [...path, key],
    });
  }

  #typed<T>(value: unknown, type: string, expected: string, path: DocumentPath): T | undefined {
    if (typeof value === type) return value as T;
    if (value !== undefined && value !== null) this.#wrongType(value, expected, path);
    return undefined;
  }

  #wrongType(value: unknown, expected: string, path: DocumentPath): void {
    const message = `found ${describeValue(value)}, expected ${expected}`;
    this.#report({ severity: 'error', code: 'wrong-type', message, path });
  }
}
