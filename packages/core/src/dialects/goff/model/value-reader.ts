import type { Branch } from '../../../diagnostics/branch.ts';
import { below, pathOf } from '../../../diagnostics/branch.ts';
import type { Report } from '../../../diagnostics/diagnostic.ts';
import { describeValue } from '../../../options/describe-value.ts';
import { nearestName } from '../../../options/nearest-name.ts';
import { isPlainObject } from '../../../options/option-rules.ts';
import type { Instant } from '../../../time/instant.ts';
import { parseInstant } from '../../../time/rfc3339.ts';
import type { PropertyNames } from './property-names.ts';

type Properties = Readonly<Record<string, unknown>>;

const expectations = { string: 'a text', boolean: 'true or false', number: 'a number' } as const;

/**
 * Reads typed values out of a decoded document; reports what has the wrong type. null means absent everywhere. `at`
 * is the place of the object that is read `from`.
 */
export class ValueReader {
  readonly #report: Report;
  readonly #anyCase: boolean;

  /** @param naming whether property names match without regard to case, as in JSON and TOML files (§2, §14) */
  constructor(report: Report, naming: 'exact' | 'any-case') {
    this.#report = report;
    this.#anyCase = naming === 'any-case';
  }

  text(from: Properties, name: string, at: Branch): string | undefined {
    return this.#typed<string>(from, name, at, 'string');
  }

  boolean(from: Properties, name: string, at: Branch): boolean | undefined {
    return this.#typed<boolean>(from, name, at, 'boolean');
  }

  number(from: Properties, name: string, at: Branch): number | undefined {
    return this.#typed<number>(from, name, at, 'number');
  }

  instant(from: Properties, name: string, at: Branch): Instant | undefined {
    const value = from[name] ?? undefined;
    if (value === undefined) return undefined;
    const instant = typeof value === 'string' ? parseInstant(value) : undefined;
    if (instant === undefined) this.#wrongType(value, 'a date such as "2026-01-31T12:00:00Z"', below(at, name));
    return instant;
  }

  list(from: Properties, name: string, at: Branch): readonly unknown[] | undefined {
    const value = from[name] ?? undefined;
    if (value === undefined || Array.isArray(value)) return value as readonly unknown[] | undefined;
    this.#wrongType(value, 'a list', below(at, name));
    return undefined;
  }

  /** An object whose keys are data, not property names. `at` is its own place. */
  mapping(value: unknown, at: Branch): Properties | undefined {
    if (value === undefined || value === null) return undefined;
    if (isPlainObject(value)) return value;
    this.#wrongType(value, 'an object', at);
    return undefined;
  }

  /** An object with known properties, under their right names; `at` is its own place. Unknown ones are reported and left out. */
  properties(value: unknown, names: PropertyNames, at: Branch): Properties | undefined {
    const given = this.mapping(value, at);
    if (given === undefined) return undefined;
    const keys = Object.keys(given);
    if (keys.every((key) => names.exact.has(key))) return given;
    const known: Record<string, unknown> = {};
    for (const key of keys) {
      const name = names.exact.has(key) ? key : this.#nameInAnyCase(key, names);
      if (name === undefined) this.#unknownProperty(key, names, at);
      else known[name] = given[key];
    }
    return known;
  }

  #nameInAnyCase(key: string, names: PropertyNames): string | undefined {
    // Go folds the long s too, which toLowerCase leaves alone
    return this.#anyCase ? names.byLowerCase.get(key.replaceAll('ſ', 's').toLowerCase()) : undefined;
  }

  #unknownProperty(key: string, names: PropertyNames, at: Branch): void {
    const meant = nearestName(key, names.exact);
    const hint = meant === undefined ? '' : `; "${meant}" is the nearest known one`;
    this.#report({
      severity: 'warning',
      code: 'unknown-property',
      message: `the property ${describeValue(key)} is ignored${hint}`,
      path: pathOf(below(at, key)),
    });
  }

  #typed<T>(from: Properties, name: string, at: Branch, type: keyof typeof expectations): T | undefined {
    const value = from[name];
    if (typeof value === type) return value as T;
    if (value !== undefined && value !== null) this.#wrongType(value, expectations[type], below(at, name));
    return undefined;
  }

  #wrongType(value: unknown, expected: string, at: Branch): void {
    const message = `found ${describeValue(value)}, expected ${expected}`;
    this.#report({ severity: 'error', code: 'wrong-type', message, path: pathOf(at) });
  }
}
