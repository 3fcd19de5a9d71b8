import type { OptionKind, OptionKinds } from '../ports/tokens.ts';
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

export const aText: OptionKind = { type: 'string' };
export const someTexts: OptionKind = { type: 'string', multiple: true };
export const aSwitch: OptionKind = { type: 'boolean' };

export const dialectNames = ['goff', 'ruleset'] as const;
