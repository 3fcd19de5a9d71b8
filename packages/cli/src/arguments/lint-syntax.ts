import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, dialectNames } from './command-syntax.ts';

/** `halyard lint`. */
export const lintSyntax: CommandSyntax = {
  options: { dialect: aText, json: aSwitch },
  read(typed) {
    const request = { files: typed.files(), dialect: typed.choice('dialect', dialectNames), json: typed.has('json') };
    return { kind: 'lint', request };
  },
};
