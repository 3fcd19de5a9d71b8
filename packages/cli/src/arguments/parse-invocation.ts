import { nearestName } from '@halyard/core';
import type { Host } from '../ports/host.ts';
import type { OptionKinds, Token, Tokenize } from '../ports/tokens.ts';
import type { CommandSyntax } from './command-syntax.ts';
import { generalOptions } from './command-syntax.ts';
import { convertSyntax } from './convert-syntax.ts';
import { evalSyntax } from './eval-syntax.ts';
import type { CommandName, Invocation } from './invocation.ts';
import { lintSyntax } from './lint-syntax.ts';
import { typedIn } from './option-values.ts';
import { serveSyntax } from './serve-syntax.ts';
import { TypedValues, Unclear } from './typed-values.ts';
import { typesSyntax } from './types-syntax.ts';

const commands: Readonly<Record<CommandName, CommandSyntax>> = {
  serve: serveSyntax,
  lint: lintSyntax,
  eval: evalSyntax,
  types: typesSyntax,
  convert: convertSyntax,
};

const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

/** The options of all commands: an option of one name is of one kind wherever it is known. */
const allOptions: OptionKinds = Object.assign(
  {},
  ...Object.values(commands).map(({ options }) => options),
  generalOptions,
) as OptionKinds;

/** Understands a command line. */
export function parseInvocation(args: readonly string[], env: Host['env'], tokenize: Tokenize): Invocation {
  const tokens = tokenize(args, allOptions);
  const named = tokens.find((token): token is Extract<Token, { kind: 'positional' }> => token.kind === 'positional');
  const command = named?.value;
  const about = command !== undefined && isCommand(command) ? command : undefined;
  const json = asksForJson(args);
  const misuse = (problem: string): Invocation => ({
    kind: 'misuse',
    problem,
    json,
    ...(about !== undefined && { about }),
  });
  const typed = typedIn(tokens, about === undefined ? allOptions : { ...commands[about].options, ...generalOptions });
  if ('problem' in typed) return misuse(typed.problem);
  if (typed.values.has('version')) return { kind: 'version' };
  if (typed.values.has('help')) return { kind: 'help', about: about ?? 'halyard' };
  if (command === undefined) return misuse('say what to do');
  if (command === 'help') return helpOn(typed.positionals[1]) ?? misuse(unknownCommand(typed.positionals[1] ?? ''));
  if (about === undefined) return misuse(unknownCommand(command));
  try {
    return commands[about].read(new TypedValues({ ...typed, positionals: typed.positionals.slice(1) }, env));
  } catch (error) {
    if (error instanceof Unclear) return misuse(error.message);
    throw error;
  }
}

/** Looked for in what was typed: options that cannot be understood swallow others as their values. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end < 0 ? args.length : end).includes('--json');
}

/** `halyard help`, with or without a command; undefined if there is no such command. */
function helpOn(name: string | undefined): Invocation | undefined {
  if (name === undefined) return { kind: 'help', about: 'halyard' };
  return isCommand(name) ? { kind: 'help', about: name } : undefined;
}

function unknownCommand(name: string): string {
  const meant = nearestName(name, Object.keys(commands));
  return `unknown command ${JSON.stringify(name)}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
