import type { CompiledFlag, Dialect, FlagDefinition, PropertyNaming, Surroundings } from '../dialects/dialect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sameJson } from './same-json.ts';

type EntryState =
  | { readonly kind: 'unread' }
  | { readonly kind: 'usable'; readonly flag: CompiledFlag; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** How flags are turned into something that can be evaluated. */
export interface Reading {
  readonly dialect: Dialect;
  readonly surroundings: Surroundings;
}

const unread: EntryState = { kind: 'unread' };

/** One flag of a set. Validated and compiled when it is first asked for; lives on while its definition is the same. */
export class FlagEntry implements FlagDefinition {
  readonly key: string;
  readonly definition: unknown;
  readonly naming: PropertyNaming;
  readonly #reading: Reading;
  #state: EntryState = unread;

  constructor(key: string, { definition, naming }: FlagDefinition, reading: Reading) {
    this.key = key;
    this.definition = definition;
    this.naming = naming;
    this.#reading = reading;
  }

  /** The flag; undefined if it is refused. */
  get flag(): CompiledFlag | undefined {
    const state = this.#state.kind === 'unread' ? this.#read() : this.#state;
    return state.kind === 'usable' ? state.flag : undefined;
  }

  /** What is wrong with the flag, and what is odd about it. Paths start at the flag. */
  get diagnostics(): readonly Diagnostic[] {
    const state = this.#state.kind === 'unread' ? this.#read() : this.#state;
    return state.kind === 'unread' ? [] : state.diagnostics;
  }

  isDefinedBy({ definition, naming }: FlagDefinition): boolean {
    return this.naming === naming && sameJson(this.definition, definition);
  }

  #read(): EntryState {
    const { dialect, surroundings } = this.#reading;
    const { flag, diagnostics } = dialect.read(this.key, this, surroundings);
    this.#state = flag === undefined ? { kind: 'refused', diagnostics } : { kind: 'usable', flag, diagnostics };
    return this.#state;
  }
}
