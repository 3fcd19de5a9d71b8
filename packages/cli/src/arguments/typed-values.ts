import { nearestName } from '@halyard/core';
import { findJsonFault } from '@halyard/provider-local/engine';
import type { Host } from '../ports/host.ts';
import { flagFileProblem, STANDARD_INPUT } from './flag-file-name.ts';
import type { Typed } from './option-values.ts';

const NO_FILE = 'say which file of flags';

/** Something on the command line that cannot be understood. The message is for whoever typed it. */
export class Unclear extends Error {}

/** What was typed after a command, ready to be read. Its methods throw {@link Unclear}. */
export class TypedValues {
  readonly positionals: readonly string[];
  readonly env: Host['env'];
  readonly #values: Typed['values'];

  constructor({ values, positionals }: Typed, env: Host['env']) {
    this.#values = values;
    this.positionals = positionals;
    this.env = env;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  all(name: string): readonly string[] | undefined {
    return this.#values.get(name);
  }

  /** Of an option that is there once at most. */
  only(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  choice<T extends string>(name: string, known: readonly T[]): T | undefined {
    const value = this.only(name);
    const found = known.find((candidate) => candidate === value);
    if (value === undefined || found !== undefined) return found;
    const meant = nearestName(value, known);
    const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
    throw new Unclear(`--${name} must be one of ${known.join(', ')}, not ${JSON.stringify(value)}${hint}`);
  }

  /** What was named first: a file or an address. */
  fileOrAddress(): string {
    const [first] = this.positionals;
    if (first === undefined) throw new Unclear(NO_FILE);
    refuse(flagFileProblem(first, 'a file or an address'));
    return first;
  }

  /** The files that were named: at least one. */
  files(): readonly [string, ...string[]] {
    const [first, ...others] = this.positionals;
    if (first === undefined) throw new Unclear(NO_FILE);
    for (const file of this.positionals) refuse(flagFileProblem(file, 'a file'));
    if (this.positionals.filter((file) => file === STANDARD_INPUT).length > 1) {
      throw new Unclear('- is standard input, which can be read only once');
    }
    return [first, ...others];
  }

  /** The files and addresses that were named for a program that follows them; none is fine. */
  servedFiles(): readonly string[] {
    for (const file of this.positionals) refuse(flagFileProblem(file, 'a file or an address'));
    if (!this.positionals.includes(STANDARD_INPUT)) return this.positionals;
    throw new Unclear('- is standard input, which cannot be followed: name a file');
  }

  /** A JSON value; undefined if the option was not given. */
  json(name: string): unknown {
    const text = this.only(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      const fault = findJsonFault(text);
      const place = fault === undefined ? '' : `${placeIn(text, fault.offset)}: ${fault.message}`;
      throw new Unclear(`--${name} is not valid JSON: ${place}`);
    }
  }

  /** The attributes of `--enrich name=value`; a value is JSON if it can be read as such, else the text itself. */
  enrichment(): Readonly<Record<string, unknown>> {
    const pairs = (this.all('enrich') ?? []).map((pair): [string, unknown] => {
      const equals = pair.indexOf('=');
      if (equals < 1) throw new Unclear('--enrich must be <attribute>=<value>');
      return [pair.slice(0, equals), valueOf(pair.slice(equals + 1))];
    });
    return Object.fromEntries(pairs);
  }
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new Unclear(problem);
}

function placeIn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return before.length === 1 ? `column ${column}` : `line ${before.length}, column ${column}`;
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
