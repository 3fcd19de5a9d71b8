import type { DocumentPath, Report } from '../../../diagnostics/diagnostic.ts';
import type { Experimentation, FlagBody, FlagModel, ProgressiveRollout, RolloutEnd } from './flag-model.ts';
import type { RuleModel, StepModel } from './flag-model.ts';
import * as names from './property-names.ts';
import { targetingOf } from './targeting.ts';
import { ValueReader } from './value-reader.ts';

const nothing: Readonly<Record<string, unknown>> = Object.freeze({});

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
  const steps = read.list(flag['scheduledRollout'], ['scheduledRollout']);
  return {
    ...readBody(read, flag, []),
    bucketingKey: read.text(flag['bucketingKey'], ['bucketingKey']),
    scheduledRollout: steps?.map((step, index) => readStep(read, step, ['scheduledRollout', index])),
    metadata: read.mapping(flag['metadata'], ['metadata']),
  };
}

function readStep(read: ValueReader, definition: unknown, path: DocumentPath): StepModel {
  const step = read.properties(definition, names.stepProperties, path) ?? nothing;
  return { ...readBody(read, step, path), date: read.instant(step['date'], [...path, 'date']) };
}

function readBody(read: ValueReader, flag: Readonly<Record<string, unknown>>, path: DocumentPath): FlagBody {
  const variations = read.mapping(flag['variations'], [...path, 'variations']);
  const targeting = read.list(flag['targeting'], [...path, 'targeting']);
  const defaultRule = flag['defaultRule'] ?? undefined;
  return {
    variations: variations && new Map(Object.entries(variations)),
    targeting: targeting?.map((rule, index) => readRule(read, rule, [...path, 'targeting', index])),
    defaultRule: defaultRule === undefined ? undefined : readRule(read, defaultRule, [...path, 'defaultRule']),
    experimentation: readExperimentation(read, flag['experimentation'], [...path, 'experimentation']),
    trackEvents: read.boolean(flag['trackEvents'], [...path, 'trackEvents']),
    disable: read.boolean(flag['disable'], [...path, 'disable']),
    version: read.text(flag['version'], [...path, 'version']),
  };
}

function readRule(read: ValueReader, definition: unknown, path: DocumentPath): RuleModel {
  const rule = read.properties(definition, names.ruleProperties, path) ?? nothing;
  const query = read.text(rule['query'], [...path, 'query']);
  return {
    name: read.text(rule['name'], [...path, 'name']),
    targeting: query === undefined ? undefined : targetingOf(query),
    variation: read.text(rule['variation'], [...path, 'variation']),
    percentage: readPercentage(read, rule['percentage'], [...path, 'percentage']),
    progressiveRollout: readRollout(read, rule['progressiveRollout'], [...path, 'progressiveRollout']),
    disable: read.boolean(rule['disable'], [...path, 'disable']),
  };
}

function readPercentage(read: ValueReader, value: unknown, path: DocumentPath): Map<string, number> | undefined {
  const shares = read.mapping(value, path);
  if (shares === undefined) return undefined;
  return new Map(Object.keys(shares).map((name) => [name, read.number(shares[name], [...path, name]) ?? 0]));
}

function readRollout(read: ValueReader, value: unknown, path: DocumentPath): ProgressiveRollout | undefined {
  const rollout = read.properties(value, names.rolloutProperties, path);
  if (rollout === undefined) return undefined;
  return {
    initial: readRolloutEnd(read, rollout['initial'], [...path, 'initial']),
    end: readRolloutEnd(read, rollout['end'], [...path, 'end']),
  };
}

function readRolloutEnd(read: ValueReader, value: unknown, path: DocumentPath): RolloutEnd | undefined {
  const end = read.properties(value, names.rolloutEndProperties, path);
  if (end === undefined) return undefined;
  return {
    variation: read.text(end['variation'], [...path, 'variation']),
    percentage: read.number(end['percentage'], [...path, 'percentage']),
    date: read.instant(end['date'], [...path, 'date']),
  };
}

function readExperimentation(read: ValueReader, value: unknown, path: DocumentPath): Experimentation | undefined {
  const window = read.properties(value, names.experimentationProperties, path);
  if (window === undefined) return undefined;
  return {
    start: read.instant(window['start'], [...path, 'start']),
    end: read.instant(window['end'], [...path, 'end']),
  };
}
