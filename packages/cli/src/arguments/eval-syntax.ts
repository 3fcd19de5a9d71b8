import { kindOf, optionRules } from '@halyard/core';
import type { CommandSyntax } from './command-syntax.ts';
import { aSwitch, aText, dialectNames, someTexts } from './command-syntax.ts';
import type { EvalRequest } from './invocation.ts';
import type { TypedValues } from './typed-values.ts';
import { Unclear } from './typed-values.ts';

const kinds = ['boolean', 'string', 'number', 'object'] as const;

/** `halyard eval`. */
export const evalSyntax: CommandSyntax = {
  options: {
    context: { type: 'string', short: 'c' },
    default: aText,
    kind: aText,
    explain: aSwitch,
    dialect: aText,
    ruleset: aText,
    enrich: someTexts,
    json: aSwitch,
  },
  read(typed) {
    const flags = typed.fileOrAddress();
    const [, key, extra] = typed.positionals;
    if (key === undefined) throw new Unclear('say which flag, after the file');
    if (extra !== undefined) throw new Unclear(`${JSON.stringify(extra)} is too much: one file and one flag at a time`);
    const request = {
      flags,
      key,
      context: contextIn(typed),
      ...askedFor(typed),
      explain: typed.has('explain'),
      dialect: typed.choice('dialect', dialectNames),
      ruleset: typed.only('ruleset'),
      enrichment: typed.enrichment(),
      json: typed.has('json'),
    };
    return { kind: 'eval', request };
  },
};

function contextIn(typed: TypedValues): EvalRequest['context'] {
  const context = typed.json('context');
  if (context === undefined) return {};
  if (optionRules.isPlainObject(context)) return context;
  throw new Unclear('--context must be a JSON object of attributes');
}

/** The kind asked for is that of the default value, as it is in programs. */
function askedFor(typed: TypedValues): Pick<EvalRequest, 'defaultValue' | 'kind'> {
  const defaultValue = typed.json('default') ?? null;
  const asked = typed.choice('kind', kinds);
  const given = kindOf(defaultValue);
  if (given === 'null') return { defaultValue, kind: asked ?? 'any' };
  if (asked !== undefined && asked !== given) {
    throw new Unclear(`--default is of the kind ${given}, not ${asked} as --kind says`);
  }
  return { defaultValue, kind: given };
}
