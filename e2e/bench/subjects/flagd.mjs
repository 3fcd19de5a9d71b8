// The in-process evaluator of flagd, with the same flags written in its own format.
import { FlagdCore } from '@openfeature/flagd-core';
import { contextOf } from '../flags.mjs';
import { bytesPerCall, nanosPerCall } from '../timing.mjs';

const fiveRules = [
  { '===': [{ var: 'plan' }, 'free'] },
  'a',
  { '===': [{ var: 'country' }, 'FR'] },
  'b',
  { '===': [{ var: 'device' }, 'tablet'] },
  'c',
  { '>': [{ var: 'age' }, 60] },
  'd',
  { '===': [{ var: 'beta' }, false] },
  'e',
  'other',
];
const flags = {
  static: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' },
  'five-rules': {
    state: 'ENABLED',
    variants: { a: 'first', b: 'second', c: 'third', d: 'fourth', e: 'fifth', other: 'none' },
    defaultVariant: 'other',
    targeting: { if: fiveRules },
  },
  split: {
    state: 'ENABLED',
    variants: { a: 'left', b: 'right' },
    defaultVariant: 'a',
    targeting: {
      fractional: [
        ['a', 50],
        ['b', 50],
      ],
    },
  },
};
const silent = { error() {}, warn() {}, info() {}, debug() {} };

function core() {
  const evaluator = new FlagdCore();
  evaluator.setConfigurations(JSON.stringify({ flags }));
  return evaluator;
}

export const flagd = {
  static: () => {
    const evaluator = core();
    return nanosPerCall((call) => evaluator.resolveBooleanEvaluation('static', false, contextOf(call), silent));
  },
  'static bytes': () => {
    const evaluator = core();
    return bytesPerCall((call) => evaluator.resolveBooleanEvaluation('static', false, contextOf(call), silent));
  },
  'five rules': () => {
    const evaluator = core();
    return nanosPerCall((call) => evaluator.resolveStringEvaluation('five-rules', '', contextOf(call), silent));
  },
  'five rules bytes': () => {
    const evaluator = core();
    return bytesPerCall((call) => evaluator.resolveStringEvaluation('five-rules', '', contextOf(call), silent));
  },
  split: () => {
    const evaluator = core();
    return nanosPerCall((call) => evaluator.resolveStringEvaluation('split', '', contextOf(call), silent));
  },
};
