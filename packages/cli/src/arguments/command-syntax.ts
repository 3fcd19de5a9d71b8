import type { OptionKinds } from '../ports/tokens.ts';
import type { CommandInvocation } from './invocation.ts';
import type { TypedValues } from './typed-values.ts';

/** How a command is typed. */
export interface CommandSyntax {
  readonly options: OptionKinds;
  /** @throws Unclear for values that cannot be understood */
  read(typed: TypedValues): CommandInvocation;
}

/** The options of every command. */
export const generalOptions: OptionKinds = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
};

export const aText: OptionKinds[string] = { type: 'string' };
export const aSwitch: OptionKinds[string] = { type: 'boolean' };

export const dialectNames = ['goff', 'ruleset'] as const;
