import { spendOnText } from './conversions.ts';
import { MAX_DEPTH } from './json-logic-limits.ts';
import type { DataSource, Node, Run, Site } from './json-logic-node.ts';
import { alwaysFails, constantNode } from './operand.ts';
import { operatorTable } from './operator-table.ts';
import { FAILED } from './special-values.ts';
import { countNames, firstName, isScalar, type JsonObject } from './value-kinds.ts';
import { propertyOf } from './variable-path.ts';

/** Elements of arrays may be anything, so they are looked at when they are there. */
const elementSource: DataSource = { whole: (data) => data ?? null, readerOf: () => undefined };

function arrayNode(array: readonly unknown[], site: Site): Node {
  const parts = array.map((part) => site.compile(part));
  if (parts.every((part) => part.constant !== undefined)) {
    return constantNode(parts.map((part) => part.constant?.value));
  }
  return (data, run) => {
    const values = new Array<unknown>(parts.length);
    for (let index = 0; index < parts.length; index++) {
      const value = (parts[index] as Node)(data, run);
      if (value === FAILED) return FAILED;
      values[index] = value;
    }
    return values;
  };
}

/** One name is an operation, several are a literal that is not looked into (goff-evaluation §11.2). */
function objectNode(object: JsonObject, site: Site): Node {
  const name = countNames(object) === 1 ? firstName(object) : undefined;
  if (name === undefined) return constantNode(object);
  const operator = operatorTable.get(name);
  return operator === undefined ? alwaysFails : operator(propertyOf(object, name), site);
}

class RuleSite implements Site {
  readonly source: DataSource;
  readonly run: Run;
  readonly #depth: number;

  constructor(source: DataSource, run: Run, depth: number) {
    this.source = source;
    this.run = run;
    this.#depth = depth;
  }

  get tooDeep(): boolean {
    return this.#depth > MAX_DEPTH;
  }

  compile(value: unknown): Node {
    if (--this.run.stepsLeft < 0) return alwaysFails;
    if (typeof value === 'string') spendOnText(value, this.run);
    if (value === null || value === undefined) return constantNode(null);
    if (isScalar(value)) return constantNode(value);
    if (typeof value !== 'object' || this.tooDeep) return alwaysFails;
    return Array.isArray(value) ? arrayNode(value, this.deeper()) : objectNode(value as JsonObject, this.deeper());
  }

  evaluate(value: unknown, data: unknown, run: Run): unknown {
    if (value === null || isScalar(value)) return value;
    return this.countedBy(run).compile(value)(data, run);
  }

  deeper(): Site {
    return new RuleSite(this.source, this.run, this.#depth + 1);
  }

  countedBy(run: Run): Site {
    return new RuleSite(this.source, run, this.#depth);
  }

  perElement(): Site {
    return new RuleSite(elementSource, this.run, this.#depth);
  }
}

/** Where a rule begins. */
export function ruleSite(source: DataSource, run: Run): Site {
  return new RuleSite(source, run, 0);
}
