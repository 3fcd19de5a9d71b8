import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import type { AttributeReader } from '../../../context/attribute-reader.ts';
import type { Attributes } from '../attributes.ts';

/**
 * Upstream's memory while it walks through one query: the left operand of the last comparison, which a path that
 * leads nowhere leaves as it was, and the objects on the way to it (goff-evaluation §10.5).
 */
export interface OperandState {
  left: unknown;
  /** Whether `left`, if it is a whole number, counts as integer. */
  integers: boolean;
  readonly stack: unknown[];
}

/** Resolves a path into `left`. @returns false if that makes the whole query false */
type PathResolver = (state: OperandState, context: EvaluationContext) => boolean;

export const newOperandState = (): OperandState => ({ left: undefined, integers: false, stack: [] });

/** Forgets everything, so that no value of one context outlives its evaluation. */
export function clearOperandState(state: OperandState): void {
  state.left = undefined;
  state.integers = false;
  state.stack.length = 0;
}

export function pathResolver(path: readonly string[], attributes: Attributes): PathResolver {
  const first = path[0] as string;
  const top: TopAttribute = { read: attributes.readerOf(first), integers: attributes.hasIntegers(first) };
  const last = path[path.length - 1] as string;
  if (path.length === 1) return (state, context) => resolveLast(state, last, top, context);
  return (state, context) => {
    const found = pushObjects(state, path, top, context);
    return found === 'object' ? resolveLast(state, last, top, context) : found === 'nothing';
  };
}

interface TopAttribute {
  readonly read: AttributeReader;
  readonly integers: boolean;
}

type Base = Readonly<Record<string, unknown>>;

/** All segments but the last: each goes from the top of the stack, which stays, to a new top. */
function pushObjects(
  { stack }: OperandState,
  path: readonly string[],
  top: TopAttribute,
  context: EvaluationContext,
): 'object' | 'nothing' | 'no object' {
  for (let index = 0; index < path.length - 1; index++) {
    if (stack.length === 0) {
      stack.push(top.read(context));
      continue;
    }
    const base = stack[stack.length - 1];
    if (isNothing(base)) return 'nothing';
    if (!isBase(base)) return 'no object';
    stack.push(ownValue(base, path[index] as string));
  }
  return 'object';
}

/** The last segment takes the top off the stack, and empties it once it has found something to look into. */
function resolveLast(state: OperandState, name: string, top: TopAttribute, context: EvaluationContext): boolean {
  const { stack } = state;
  if (stack.length === 0) {
    state.left = top.read(context);
    state.integers = top.integers;
    return true;
  }
  const base = stack.pop();
  if (isNothing(base)) return true;
  if (!isBase(base)) return false;
  state.left = ownValue(base, name);
  state.integers = false;
  stack.length = 0;
  return true;
}

export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

const isBase = (value: unknown): value is Base => typeof value === 'object' && value !== null && !Array.isArray(value);

const ownValue = (base: Base, name: string): unknown => (Object.hasOwn(base, name) ? base[name] : undefined);
