import type { ConditionTrace, TraceStep } from '@halyard/core';
import { visibleLine } from './visible-text.ts';

/** How an answer came about, in numbered lines. */
export function traceText(trace: readonly TraceStep[]): readonly string[] {
  if (trace.length === 0) return ['', 'Nothing was looked at on the way to it.'];
  const lines = trace.flatMap((step, index) => {
    const [first = '', ...inner] = linesOf(step).map(visibleLine);
    return [`${String(index + 1).padStart(3)}. ${first}`, ...inner.map((line) => `       ${line}`)];
  });
  return ['', 'How it came about:', ...lines];
}

type StepOf<S extends TraceStep['step']> = Extract<TraceStep, { step: S }>;

/** The first line says what happened, those after it the details. */
function linesOf(step: TraceStep): readonly string[] {
  switch (step.step) {
    case 'schedule':
      return [`scheduled changes: ${step.applied} of ${step.of} are due at ${step.now}`];
    case 'enrichment':
      return [`the context is enriched with ${step.attributes.join(', ')}`];
    case 'bucketing-key':
      return [keyText(step)];
    case 'disabled':
      return [disabledText(step)];
    case 'kill-switch':
      return [`the kill switch is on, by ${step.by === 'document' ? 'the document' : 'run time control'}`];
    case 'requirement':
      return [`requires ${JSON.stringify(step.feature)}, which is ${step.isOn ? 'on' : 'off'}`];
    case 'user-list':
      return [`${step.list}: the user ${step.outcome === 'matched' ? 'is' : 'is not'} in it`];
    case 'target-attribute':
      return [`attribute ${JSON.stringify(step.attribute)} ${step.outcome}`];
    case 'baseline':
      return ['the baseline is the answer'];
    case 'rule':
      return ruleLines(step);
    case 'default-rule':
      return ['no rule matched: the default rule decides'];
    case 'percentage':
      return shareLines(step);
    case 'progressive-rollout':
      return [
        `progressive rollout: bucket ${step.bucket} of ${step.modulus}`,
        `at ${step.now} buckets below ${step.reached} have the end variation`,
      ];
  }
}

function keyText({ attribute, key, error }: StepOf<'bucketing-key'>): string {
  if (error !== undefined) return `no bucketing key: ${error}`;
  return `buckets go by ${attribute} = ${JSON.stringify(key)}`;
}

function disabledText({ because }: StepOf<'disabled'>): string {
  if (because === 'experimentation') return 'off: it is not the time of the experimentation';
  return because === 'disable' ? 'off: the flag says disable' : 'off: the feature says enabled: false';
}

function ruleLines({ index, name, query, outcome, conditions }: StepOf<'rule'>): readonly string[] {
  const called = name === undefined ? `rule ${index + 1}` : `rule ${index + 1} (${name})`;
  const came = outcome === 'disabled' ? 'is disabled' : outcome === 'error' ? 'failed, so it did not match' : outcome;
  return [`${called} ${came}: ${query}`, ...conditions.map(conditionText)];
}

const marks: Readonly<Record<ConditionTrace['outcome'], string>> = {
  matched: '+',
  'did not match': '-',
  'not reached': ' ',
  error: '!',
};

function conditionText({ text, outcome }: ConditionTrace): string {
  return `${marks[outcome]} ${text} (${outcome})`;
}

function shareLines({ bucket, modulus, shares }: StepOf<'percentage'>): readonly string[] {
  const lines = shares.map(({ variation, from, to }) => {
    const isHere = bucket >= from && bucket < to;
    return `${isHere ? '>' : ' '} ${variation}: ${from} to ${to - 1}`;
  });
  return [`split: bucket ${bucket} of ${modulus}`, ...lines];
}
