import { decimalText } from '../../../../text/decimal-text.ts';
import type { Node, Operator, Run, Site } from '../json-logic-node.ts';
import { FAILED } from '../special-values.ts';
import { isScalar } from '../value-kinds.ts';
import { segmentsOf, valueAt } from '../variable-path.ts';
import { spendOnText } from '../conversions.ts';

/** Reads a path that is known beforehand. */
function pathReader(path: string, site: Site): Node {
  const segments = segmentsOf(path);
  const read = segments[0] === undefined ? undefined : site.source.readerOf(segments[0]);
  if (read === undefined) return (data, run) => charged(valueAt(site.source.whole(data), segments, 0), run);
  if (segments.length === 1) return (data, run) => charged(read(data) ?? null, run);
  return (data, run) => charged(valueAt(read(data), segments, 1), run);
}

function charged(value: unknown, run: Run): unknown {
  if (typeof value === 'string') spendOnText(value, run);
  return value;
}

const wholeReader =
  ({ source }: Site): Node =>
  (data) =>
    source.whole(data) ?? null;

/** What `{"var": null}` reads: the data where they are a scalar. */
const scalarReader =
  ({ source }: Site): Node =>
  (data) => {
    const whole = source.whole(data);
    return isScalar(whole) ? whole : null;
  };

/** Reads what an operand says that is known before any data; undefined when it is an error for some data. */
function constantReader(operand: unknown, site: Site): Node | undefined {
  if (operand === null) return scalarReader(site);
  if (operand === '') return wholeReader(site);
  if (typeof operand === 'string') return pathReader(operand, site);
  if (typeof operand === 'number') return pathReader(decimalText(operand), site);
  if (!Array.isArray(operand)) return undefined;
  if (operand.length === 0) return wholeReader(site);
  if (typeof operand[0] !== 'string') return undefined;
  const read = pathReader(operand[0], site);
  if (operand.length !== 2) return read;
  const otherwise: unknown = operand[1];
  return (data, run) => read(data, run) ?? otherwise;
}

/** The value of an operand that has been evaluated (goff-evaluation §11.4, `var`). */
function readVariable(operand: unknown, whole: unknown, run: Run): unknown {
  if (operand === null) return isScalar(whole) ? whole : null;
  if (operand === '') return whole;
  let path = typeof operand === 'number' ? decimalText(operand) : operand;
  let otherwise: unknown = null;
  if (Array.isArray(operand)) {
    if (operand.length === 0) return whole;
    path = operand[0];
    if (typeof path !== 'string') return FAILED;
    if (operand.length === 2) otherwise = operand[1];
  }
  if (whole === null) return otherwise;
  if (typeof path !== 'string') return FAILED;
  spendOnText(path, run);
  return charged(valueAt(whole, segmentsOf(path), 0) ?? otherwise, run);
}

/** The variable an evaluated operand names. Evaluated it is once more, since `missing` takes rules as names. */
export function variableNamed(operand: unknown, site: Site, data: unknown, run: Run): unknown {
  const named = isScalar(operand) || operand === null ? operand : site.evaluate(operand, data, run);
  return named === FAILED ? FAILED : readVariable(named, site.source.whole(data) ?? null, run);
}

export const variable: Operator = (operand, site) => {
  const node = site.compile(operand);
  const reader = node.constant && constantReader(node.constant.value, site);
  if (reader !== undefined) return reader;
  return (data, run) => {
    const value = node(data, run);
    return value === FAILED ? FAILED : readVariable(value, site.source.whole(data) ?? null, run);
  };
};

export const variableOperators: readonly (readonly [string, Operator])[] = [['var', variable]];
