/** Counts down while one rule is evaluated (or compiled); below zero the answer is an error. */
export interface Run {
  stepsLeft: number;
}

/** A compiled part of a rule: the value for these data, or FAILED. */
export interface Node {
  (data: unknown, run: Run): unknown;
  /** Present when the value depends on nothing. */
  constant?: { readonly value: unknown };
}

/** How the data of a place in the rule are reached: attributes of a context at the top, elements further in. */
export interface DataSource {
  /** All the data as one JSON value. */
  whole(data: unknown): unknown;
  /** Reads one property of data that are an object; undefined when the data have to be looked at first. */
  readerOf(name: string): ((data: unknown) => unknown) | undefined;
}

/** A place in a rule, which knows its data and how deep it is. */
export interface Site {
  readonly source: DataSource;
  /** The step count of the compilation this place belongs to. */
  readonly run: Run;
  /** Whether the place is beyond the depth limit. */
  readonly tooDeep: boolean;
  compile(value: unknown): Node;
  /** Evaluates a value that evaluation produced, as if it stood here. */
  evaluate(value: unknown, data: unknown, run: Run): unknown;
  /** The same place one level further in. */
  deeper(): Site;
  /** The same place, with compilation counted by another run. */
  countedBy(run: Run): Site;
  /** The same place, with an element of an array as data. */
  perElement(): Site;
}

/** Compiles an operation from its operand. */
export type Operator = (operand: unknown, site: Site) => Node;
