import type { DocumentPath, Report } from '../../../diagnostics/diagnostic.ts';
import type { Experimentation, FlagBody, FlagModel, ProgressiveRollout, RolloutEnd } from './flag-model.ts';
import type { RuleModel, StepModel } from './flag-model.ts';
import * as names from './property-names.ts';
import { ValueReader } from './value-reader.ts';

type Properties = Readonly<Record<string, unknown>>;

const nothing: Properties = Object.freeze({});

/**
 * Reads a flag of a decoded GO Feature Flag file (goff-evaluation §2).
 *
 * @param report takes an error for each value of a wrong type, a warning for each unknown property; paths start at
 *   the flag
 * @returns the flag, with what had the wrong type left out; undefined if it is no object at all
 */
export function readFlag(definition: unknown, naming: 'exact' | 'any-case', report: Report): FlagModel | undefined {
  const read = new ValueReader(report, naming);
  const flag = read.properties(definition, names.flagProperties, []);
  if (flag === undefined) return undefined;
  const steps = read.list(flag, 'scheduledRollout', []);
  return {
    ...readBody(read, flag, []),
    bucketingKey: read.text(flag, 'bucketingKey', []),
    scheduledRollout: steps?.map((step, index) => readStep(read, step, ['scheduledRollout', index])),
    metadata: read.mapping(flag['metadata'], ['metadata']),
  };
}

function readStep(read: ValueReader, definition: unknown, path: DocumentPath): StepModel {
  const step = read.properties(definition, names.stepProperties, path) ?? nothing;
  return { ...readBody(read, step, path), date: read.instant(step, 'date', path) };
}

function readBody(read: ValueReader, flag: Properties, path: DocumentPath): FlagBody {
  const variations = read.mapping(flag['variations'], [...path, 'variations']);
  const targeting = read.list(flag, 'targeting', path);
  const defaultRule = flag['defaultRule'] ?? undefined;
  return {
    variations: variations && new Map(Object.entries(variations)),
    targeting: targeting?.map((rule, index) => readRule(read, rule, [...path, 'targeting', index])),
    defaultRule: defaultRule === undefined ? undefined : readRule(read, defaultRule, [...path, 'defaultRule']),
    experimentation: readExperimentation(read, flag, path),
    trackEvents: read.boolean(flag, 'trackEvents', path),
    disable: read.boolean(flag, 'disable', path),
    version: read.text(flag, 'version', path),
  };
}

function readRule(read: ValueReader, definition: unknown, path: DocumentPath): RuleModel {
  const rule = read.properties(definition, names.ruleProperties, path) ?? nothing;
  return {
    name: read.text(rule, 'name', path),
    query: read.text(rule, 'query', path),
    variation: read.text(rule, 'variation', path),
    percentage: readPercentage(read, rule, path),
    progressiveRollout: readRollout(read, rule, path),
    disable: read.boolean(rule, 'disable', path),
  };
}

function readPercentage(read: ValueReader, rule: Properties, path: DocumentPath): Map<string, number> | undefined {
  if (rule['percentage'] === undefined) return undefined;
  const ownPath = [...path, 'percentage'];
  const shares = read.mapping(rule['percentage'], ownPath);
  return shares && new Map(Object.keys(shares).map((name) => [name, read.number(shares, name, ownPath) ?? 0]));
}

function readRollout(read: ValueReader, rule: Properties, path: DocumentPath): ProgressiveRollout | undefined {
  if (rule['progressiveRollout'] === undefined) return undefined;
  const ownPath = [...path, 'progressiveRollout'];
  const rollout = read.properties(rule['progressiveRollout'], names.rolloutProperties, ownPath);
  return (
    rollout && { initial: readEnd(read, rollout, 'initial', ownPath), end: readEnd(read, rollout, 'end', ownPath) }
  );
}

function readEnd(
  read: ValueReader,
  rollout: Properties,
  name: 'initial' | 'end',
  path: DocumentPath,
): RolloutEnd | undefined {
  const ownPath = [...path, name];
  const end = read.properties(rollout[name], names.rolloutEndProperties, ownPath);
  if (end === undefined) return undefined;
  return {
    variation: read.text(end, 'variation', ownPath),
    percentage: read.number(end, 'percentage', ownPath),
    date: read.instant(end, 'date', ownPath),
  };
}

function readExperimentation(read: ValueReader, flag: Properties, path: DocumentPath): Experimentation | undefined {
  if (flag['experimentation'] === undefined) return undefined;
  const ownPath = [...path, 'experimentation'];
  const window = read.properties(flag['experimentation'], names.experimentationProperties, ownPath);
  return window && { start: read.instant(window, 'start', ownPath), end: read.instant(window, 'end', ownPath) };
}
