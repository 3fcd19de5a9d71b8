import { parseArgs } from 'node:util';
import type { Token, Tokenize } from '../../ports/tokens.ts';

/** Node's own reader of command lines. */
export const tokenize: Tokenize = (args, options) => {
  const { tokens } = parseArgs({ args: [...args], options: { ...options }, strict: false, tokens: true });
  return tokens.flatMap((token): Token[] => {
    if (token.kind === 'positional') return [{ kind: 'positional', value: token.value }];
    if (token.kind === 'option-terminator') return [];
    const { name, rawName, value, inlineValue } = token;
    return [{ kind: 'option', name, rawName, value, inlineValue }];
  });
};
