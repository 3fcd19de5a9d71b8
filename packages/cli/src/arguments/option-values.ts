import { nearestName } from '@halyard/core';
import type { OptionKinds, Token } from '../ports/tokens.ts';

/** What was typed: the values of each option in order, and the rest. */
export interface Typed {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
}

/** Sorts the parts of a command line; a switch has the value `''`. Or tells what is wrong with it. */
export function typedIn(tokens: readonly Token[], options: OptionKinds): Typed | { readonly problem: string } {
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    else {
      const before = values.get(token.name) ?? [];
      const problem = problemOf(token, options) ?? repetitionOf(token, options, before);
      if (problem !== undefined) return { problem };
      values.set(token.name, [...before, token.value ?? '']);
    }
  }
  return { values, positionals };
}

type OptionToken = Extract<Token, { kind: 'option' }>;

function problemOf({ name, rawName, value, inlineValue }: OptionToken, options: OptionKinds): string | undefined {
  const kind = Object.hasOwn(options, name) ? options[name] : undefined;
  if (kind === undefined) {
    const meant = nearestName(name, Object.keys(options));
    return `unknown option ${rawName}${meant === undefined ? '' : `; did you mean --${meant}?`}`;
  }
  if (kind.type === 'boolean') return value === undefined ? undefined : `${rawName} takes no value`;
  // what looks like an option is one, unless it is a negative number
  const isMissing = value === undefined || value === '' || (inlineValue !== true && /^-(?![\d.])/.test(value));
  return isMissing ? `${rawName} needs a value` : undefined;
}

/** Of several values one would count, and nobody could tell which. A switch says the same again. */
function repetitionOf({ name }: OptionToken, options: OptionKinds, before: readonly string[]): string | undefined {
  const isAllowed = before.length === 0 || options[name]?.type === 'boolean' || options[name]?.multiple === true;
  return isAllowed ? undefined : `--${name} is there twice, and can have only one value`;
}
