import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, dialectNames } from './command-syntax.ts';
import { Unclear } from './typed-values.ts';

const formats = ['yaml', 'json'] as const;

/** `halyard convert`. */
export const convertSyntax: CommandSyntax = {
  options: {
    to: aText,
    out: { type: 'string', short: 'o' },
    format: aText,
    ruleset: aText,
    'targeting-key-only': aSwitch,
    'rename-variants': aSwitch,
    json: aSwitch,
  },
  read(typed) {
    const [file, extra] = typed.files();
    if (extra !== undefined) throw new Unclear(`${JSON.stringify(extra)} is too much: one file at a time`);
    const to = typed.choice('to', dialectNames);
    if (to === undefined) throw new Unclear('--to is needed: goff or ruleset');
    const out = typed.last('out');
    if (out !== undefined && !/\.(?:ya?ml|json)$/.test(out))
      throw new Unclear('--out must end in .yaml, .yml or .json');
    const request = {
      file,
      to,
      out,
      format: typed.choice('format', formats) ?? ((out ?? file).endsWith('.json') ? 'json' : 'yaml'),
      ruleset: typed.last('ruleset'),
      usersByTargetingKey: typed.has('targeting-key-only'),
      renameVariants: typed.has('rename-variants'),
      json: typed.has('json'),
    } as const;
    return { kind: 'convert', request };
  },
};
