import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, dialectNames } from './command-syntax.ts';
import { Unclear } from './typed-values.ts';

/** `halyard types`. */
export const typesSyntax: CommandSyntax = {
  options: { out: { type: 'string', short: 'o' }, dialect: aText, ruleset: aText, json: aSwitch },
  read(typed) {
    const out = typed.only('out');
    // only in declaration files does TypeScript let types of other packages be narrowed
    if (out !== undefined && !out.endsWith('.d.ts')) throw new Unclear('--out must end in .d.ts');
    const request = {
      files: typed.files(),
      out,
      dialect: typed.choice('dialect', dialectNames),
      ruleset: typed.only('ruleset'),
      json: typed.has('json'),
    };
    return { kind: 'types', request };
  },
};
