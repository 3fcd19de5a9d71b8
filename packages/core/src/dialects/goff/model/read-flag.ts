import type { Branch } from '../../../diagnostics/branch.ts';
import { below } from '../../../diagnostics/branch.ts';
import type { Report } from '../../../diagnostics/diagnostic.ts';
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
  const flag = read.properties(definition, names.flagProperties, undefined);
  if (flag === undefined) return undefined;
  const steps = read.list(flag, 'scheduledRollout', undefined);
  return {
    ...readBody(read, flag, undefined),
    bucketingKey: read.text(flag, 'bucketingKey', undefined),
    scheduledRollout: steps?.map((step, index) =>
      readStep(read, step, below(below(undefined, 'scheduledRollout'), index)),
    ),
    metadata: read.mapping(flag['metadata'], below(undefined, 'metadata')),
  };
}

function readStep(read: ValueReader, definition: unknown, at: Branch): StepModel {
  const step = read.properties(definition, names.stepProperties, at) ?? nothing;
  return { ...readBody(read, step, at), date: read.instant(step, 'date', at) };
}

function readBody(read: ValueReader, flag: Properties, at: Branch): FlagBody {
  const variations = read.mapping(flag['variations'], below(at, 'variations'));
  const targeting = read.list(flag, 'targeting', at);
  const defaultRule = flag['defaultRule'] ?? undefined;
  return {
    variations: variations && new Map(Object.entries(variations)),
    targeting: targeting?.map((rule, index) => readRule(read, rule, below(below(at, 'targeting'), index))),
    defaultRule: defaultRule === undefined ? undefined : readRule(read, defaultRule, below(at, 'defaultRule')),
    experimentation: readExperimentation(read, flag, at),
    trackEvents: read.boolean(flag, 'trackEvents', at),
    disable: read.boolean(flag, 'disable', at),
    version: read.text(flag, 'version', at),
  };
}

function readRule(read: ValueReader, definition: unknown, at: Branch): RuleModel {
  const rule = read.properties(definition, names.ruleProperties, at) ?? nothing;
  return {
    name: read.text(rule, 'name', at),
    query: read.text(rule, 'query', at),
    variation: read.text(rule, 'variation', at),
    percentage: readPercentage(read, rule, at),
    progressiveRollout: readRollout(read, rule, at),
    disable: read.boolean(rule, 'disable', at),
  };
}

function readPercentage(read: ValueReader, rule: Properties, at: Branch): Map<string, number> | undefined {
  if (rule['percentage'] === undefined) return undefined;
  const own = below(at, 'percentage');
  const shares = read.mapping(rule['percentage'], own);
  return shares && new Map(Object.keys(shares).map((name) => [name, read.number(shares, name, own) ?? 0]));
}

function readRollout(read: ValueReader, rule: Properties, at: Branch): ProgressiveRollout | undefined {
  if (rule['progressiveRollout'] === undefined) return undefined;
  const own = below(at, 'progressiveRollout');
  const rollout = read.properties(rule['progressiveRollout'], names.rolloutProperties, own);
  return rollout && { initial: readEnd(read, rollout, 'initial', own), end: readEnd(read, rollout, 'end', own) };
}

function readEnd(read: ValueReader, rollout: Properties, name: 'initial' | 'end', at: Branch): RolloutEnd | undefined {
  const own = below(at, name);
  const end = read.properties(rollout[name], names.rolloutEndProperties, own);
  if (end === undefined) return undefined;
  return {
    variation: read.text(end, 'variation', own),
    percentage: read.number(end, 'percentage', own),
    date: read.instant(end, 'date', own),
  };
}

function readExperimentation(read: ValueReader, flag: Properties, at: Branch): Experimentation | undefined {
  if (flag['experimentation'] === undefined) return undefined;
  const own = below(at, 'experimentation');
  const window = read.properties(flag['experimentation'], names.experimentationProperties, own);
  return window && { start: read.instant(window, 'start', own), end: read.instant(window, 'end', own) };
}
