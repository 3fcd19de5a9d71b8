import type { OptionRule } from './option-fault.ts';
import { describeValue } from './describe-value.ts';
import { nearestName } from './nearest-name.ts';

/** A rule from a test. */
export function ruleOf(expected: string, accepts: (value: unknown) => boolean): OptionRule {
  return {
    expected,
    check(value, path, report) {
      if (!accepts(value)) report({ path, found: describeValue(value), expected });
    },
  };
}

/** Delays are at most this long: longer ones overflow the runtime's timers and would fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

export const aBoolean: OptionRule = ruleOf('true or false', (value) => typeof value === 'boolean');
export const aText: OptionRule = ruleOf(
  'a text that is not empty',
  (value) => typeof value === 'string' && value !== '',
);
export const aFunction: OptionRule = ruleOf('a function', (value) => typeof value === 'function');

/** A whole number of milliseconds, from `least` on. */
export function aDuration(least: 0 | 1): OptionRule {
  return ruleOf(
    `a whole number of milliseconds from ${least} to ${LONGEST_DELAY_MS}`,
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= LONGEST_DELAY_MS,
  );
}

const MOST = 2 ** 31 - 1;

/** A whole number from `least` to `most`, by default the largest that any runtime counts with. */
export function aCount(least: number, most: number = MOST): OptionRule {
  return ruleOf(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
  );
}

/** A share: a number from 0 to 1. */
export const aShare: OptionRule = ruleOf(
  'a number from 0 to 1',
  (value) => typeof value === 'number' && value >= 0 && value <= 1,
);

/** An option without a default. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, isRequired: true };
}

/** A value that `accepts` takes as it is, or else an object of options whose faults are reported one by one. */
export function anyOf(expected: string, accepts: (value: unknown) => boolean, otherwise: OptionRule): OptionRule {
  return {
    expected,
    check(value, path, report) {
      if (accepts(value)) return;
      if (isPlainObject(value)) otherwise.check(value, path, report);
      else report({ path, found: describeValue(value), expected });
    },
  };
}

/** Plain values by name, as usage data carries them along. */
export const someMetadata: OptionRule = ruleOf(
  'an object of texts, numbers and booleans',
  (value) => isPlainObject(value) && Object.values(value).every((inner) => isPlainValue(inner)),
);

function isPlainValue(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** One of a few texts; a near miss is answered with the text that was meant. */
export function oneOf(...names: readonly string[]): OptionRule {
  const expected = `one of ${names.map((name) => JSON.stringify(name)).join(', ')}`;
  return ruleOf(expected, (value) => typeof value === 'string' && names.includes(value));
}

/** Any object that has these methods. */
export function withMethods(name: string, methods: readonly string[]): OptionRule {
  const expected = `${name}: an object with the methods ${methods.join(', ')}`;
  return ruleOf(expected, (value) => {
    if (typeof value !== 'object' || value === null) return false;
    return methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function');
  });
}

/** An OpenFeature logger. */
export const aLogger: OptionRule = withMethods('a logger', ['error', 'warn', 'info', 'debug']);

/** Whether a value is a plain object: made by `{}` or `Object.create(null)`, of whatever realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** An object with these options and no others. Every fault in it is reported, not only the first. */
export function anObjectOf(rules: Readonly<Record<string, OptionRule>>): OptionRule {
  const expected = 'an object of options';
  return {
    expected,
    check(value, path, report) {
      if (!isPlainObject(value)) return report({ path, found: describeValue(value), expected });
      for (const name of Object.keys(value)) {
        const inner = path === '' ? name : `${path}.${name}`;
        const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
        if (rule === undefined) report(unknownOption(inner, name, Object.keys(rules)));
        else if (value[name] !== undefined) rule.check(value[name], inner, report);
      }
      for (const [name, rule] of Object.entries(rules)) {
        if (rule.isRequired !== true || value[name] !== undefined) continue;
        report({ path: path === '' ? name : `${path}.${name}`, found: 'nothing', expected: rule.expected });
      }
    },
  };
}

function unknownOption(
  path: string,
  name: string,
  known: readonly string[],
): { path: string; found: string; expected: string } {
  const meant = nearestName(name, known);
  const expected =
    meant === undefined ? `one of the options ${known.join(', ')}` : `the option ${JSON.stringify(meant)}`;
  return { path, found: 'an unknown option', expected };
}
