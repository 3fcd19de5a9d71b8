/**
 * Random JsonLogic rules and contexts, the same for the same seed: every operator with fitting and unfitting numbers
 * and kinds of operands, nested. Also the source of the cases that were held against a real relay.
 */
export interface GeneratedCase {
  readonly rule: unknown;
  readonly context: Record<string, unknown>;
}

export const OPERATORS: readonly string[] = [
  ...['var', 'missing', 'missing_some', 'set', 'merge', 'in', 'cat', 'substr'],
  ...['==', '===', '!=', '!==', '<', '<=', '>', '>=', '!', '!!', 'and', 'or', 'if', '?:'],
  ...['+', '-', '*', '/', '%', 'max', 'min', 'abs'],
  ...['map', 'filter', 'reduce', 'all', 'some', 'none', 'contains_all', 'contains_any', 'contains_none'],
];

const ELEMENT_OPERATORS = ['map', 'filter', 'reduce', 'all', 'some', 'none'];
const NUMBERS = [0, 1, 2, 3, -1, -2, 0.5, 1.5, -0.25, 10, 100, 1e21, 1e-7, 1.5e300, 2 ** 53, 9.3e18, -9.3e18];
const TEXTS = [
  ...['', ' ', '  a ', '0', '1', '2', '-1', '1.0', '1e3', '1_0', '1__0', '_1', 'inf', '-Infinity', 'nan', '+nan'],
  ...[
    '0x1p4',
    '0x10',
    '0X_1.8P-1',
    '.5',
    '5.',
    '.',
    '1e400',
    '1e-400',
    ' 1',
    '1 ',
    '\t\n',
    '\u00a0',
    '\u0085',
    '\ufeff',
  ],
  ...['a', 'b', 'ab', 'abc', 'A', 'true', 'null', 'é', '😀', '😀b', '\ufffd', '\ud83d', '\ude00', 'a.b', '__proto__'],
];
const PLAIN_NAMES = ['a', 'b', 'list', 'texts'];
const NAMES = [...PLAIN_NAMES, 'obj', 'rows', 'code', 'any', 'x', '__proto__', 'constructor', 'anonymous', 'key'];
const PATHS = [
  ...['', '.', '.a', 'a.', 'obj.x', 'obj..y', 'obj.__proto__', 'list.0', 'list.1e0', 'list.-1', 'list.9', 'list.nan'],
  ...['rows.0.x', 'rows.1.x', 'texts.0', 'targetingKey', 'current', 'accumulator', 'valueType', '0', '1', 'x', 'y'],
  ...['current.x', 'missing', 'missing.a', 'code', 'obj.constructor', '\ufffd', 'obj.\ufffd'],
];

export class JsonLogicGenerator {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): GeneratedCase {
    return { rule: this.#rule(4), context: this.#context() };
  }

  /** A rule that need not be an operation. */
  anyRule(): unknown {
    return this.#chance(0.8) ? this.#rule(4) : this.#operand(3);
  }

  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }

  #times<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }

  #scalar(): unknown {
    const kind = this.#below(10);
    if (kind < 4) return this.#pick(NUMBERS);
    if (kind < 8) return this.#pick(TEXTS);
    return this.#pick([true, false, null]);
  }

  #literal(depth: number): unknown {
    if (depth === 0 || this.#chance(0.6)) return this.#scalar();
    if (this.#chance(0.6)) return this.#times(this.#below(4), () => this.#literal(depth - 1));
    return this.#chance(0.2) ? {} : { x: this.#literal(depth - 1), y: this.#literal(depth - 1) };
  }

  #variable(): unknown {
    const path = this.#chance(0.6) ? this.#pick(NAMES) : this.#pick(PATHS);
    const shape = this.#below(20);
    if (shape < 14) return { var: path };
    if (shape < 16) return { var: [path, this.#operand(1)] };
    return {
      var: this.#pick<unknown>([null, 0, 1, 1.5, [], [path], [path, 1, 2], true, [null], {}, { var: 'texts.0' }]),
    };
  }

  #operand(depth: number): unknown {
    const kind = this.#below(20);
    if (kind < 6) return this.#variable();
    if (kind < 11 && depth > 0) return this.#rule(depth - 1);
    if (kind < 13) return this.#times(this.#below(4), () => this.#operand(Math.max(0, depth - 1)));
    if (kind === 13) return { x: this.#operand(0), var: this.#pick(['a', 'x', 'missing']) };
    return this.#literal(2);
  }

  #subject(depth: number): unknown {
    const kind = this.#below(10);
    if (kind < 5) return { var: this.#pick(['list', 'texts', 'rows', 'obj.x', 'missing', 'any']) };
    return kind < 8 ? this.#times(this.#below(4), () => this.#literal(1)) : this.#operand(depth);
  }

  #arityOf(operator: string): number {
    if (this.#chance(0.15)) return this.#below(5);
    if (['!', '!!', 'abs', 'var'].includes(operator)) return 1;
    if (['reduce', 'set', 'if', '?:', 'substr'].includes(operator)) return 2 + this.#below(2);
    return ['cat', 'merge', 'missing', '+', '*', 'max', 'min', 'and', 'or'].includes(operator) ? 1 + this.#below(3) : 2;
  }

  #rule(depth: number): unknown {
    const operator = this.#chance(0.01) ? this.#pick(['log', 'method', '__proto__', 'x']) : this.#pick(OPERATORS);
    if (operator === 'var') return this.#variable();
    if (this.#chance(0.06)) return { [operator]: this.#operand(depth) };
    const inner = Math.max(0, depth - 1);
    const operands = this.#times(this.#arityOf(operator), () => this.#operand(inner));
    if (operands.length > 0 && ELEMENT_OPERATORS.includes(operator)) operands[0] = this.#subject(inner);
    if (operands.length > 1 && ELEMENT_OPERATORS.includes(operator)) operands[1] = this.#rule(inner);
    if (operator === 'reduce' && operands.length === 2) operands.push(this.#scalar());
    if (operator === 'set' && operands.length > 2) operands[0] = this.#chance(0.7) ? { var: 'obj' } : operands[0];
    if (operator === 'set' && operands.length > 2) operands[1] = this.#chance(0.8) ? this.#pick(TEXTS) : operands[1];
    if (operator.startsWith('missing')) return { [operator]: this.#names(operator, operands) };
    if (operator.startsWith('contains') && this.#chance(0.7)) {
      return { [operator]: operands.map(() => this.#subject(0)) };
    }
    return { [operator]: operands };
  }

  #names(operator: string, operands: readonly unknown[]): unknown {
    if (this.#chance(0.2)) return operands;
    const names = operands.map(() => (this.#chance(0.8) ? this.#pick(PATHS) : this.#operand(1)));
    return operator === 'missing' ? names : [this.#chance(0.8) ? this.#below(4) : this.#operand(1), names];
  }

  /** Attributes that are rules: conditions and `if` evaluate them. They must not name each other, upstream loops. */
  #code(depth: number): unknown {
    const operand = (): unknown => {
      if (depth > 0 && this.#chance(0.3)) return this.#code(depth - 1);
      return this.#chance(0.5) ? { var: this.#pick(PLAIN_NAMES) } : this.#literal(1);
    };
    return { [this.#pick(OPERATORS.filter((name) => name !== 'var'))]: this.#times(this.#below(4), operand) };
  }

  #context(): Record<string, unknown> {
    const plain = {
      a: this.#scalar(),
      b: this.#scalar(),
      list: this.#times(this.#below(4), () => this.#scalar()),
      texts: this.#times(this.#below(4), () => this.#pick(TEXTS)),
    };
    const more: [string, unknown][] = [
      ['obj', { x: this.#literal(2), y: this.#scalar(), '\ufffd': 1 }],
      ['rows', this.#times(this.#below(3), () => ({ x: this.#scalar(), y: this.#scalar() }))],
      ['any', this.#literal(3)],
      ['code', this.#code(1)],
      ['x', this.#literal(1)],
      ['constructor', this.#scalar()],
      ['targetingKey', this.#pick(['', 'u1', 'é'])],
    ];
    return { ...plain, ...Object.fromEntries(more.filter(() => this.#chance(0.7))) };
  }
}
