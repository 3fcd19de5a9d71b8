import type { FlagDefinition } from '@halyard/core';
import { HalyardError, optionRules } from '@halyard/core';
import type { TypesRequest } from '../arguments/invocation.ts';
import { declarationFile } from '../declarations/declaration-file.ts';
import type { FlagKinds } from '../declarations/flag-kinds.ts';
import { KindRegister, seeGoffKinds, seeRulesetKinds } from '../declarations/flag-kinds.ts';
import type { Finding } from '../findings/finding.ts';
import { countText, findingText } from '../output/finding-text.ts';
import { paintFor } from '../output/paint.ts';
import { visibleLine } from '../output/visible-text.ts';
import type { WriteFile } from '../ports/files.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import type { DecodedFlags } from './flag-file.ts';
import { arrangeFlags, rulesetNames } from './flag-file.ts';
import { shownName } from './flag-source.ts';
import { errorsAmong, judgeFile } from './judgement.ts';
import { writeOut } from './written-file.ts';

/**
 * Writes the keys of flags down as types. With a flag that is refused nothing is written: a key that silently is not
 * there any more would be blamed on the code that asks for it.
 *
 * @throws HalyardError for files that do not go together, a ruleset that is not there, a file that cannot be written
 */
export async function generateTypes(request: TypesRequest, host: Host, write: WriteFile): Promise<ExitCode> {
  const { files, out, json } = request;
  const read = await readAll(request, host);
  if ('errors' in read) {
    if (json) host.stdout.write(`${JSON.stringify({ findings: read.errors })}\n`);
    else {
      const paint = paintFor(host.stderr, host.env);
      const lines = read.errors.map((error) => findingText(error, paint));
      host.stderr.write(`${[...lines, 'no types were written'].join('\n')}\n`);
    }
    return 1;
  }
  const kinds = kindsIn(read, request.ruleset);
  const text = declarationFile(
    kinds,
    files.map((file) => shownName(file).split(/[\\/]/).at(-1) ?? file),
  );
  const outcome = out === undefined ? undefined : await writeOut(out, text, write);
  const remarks = remarksOn(kinds);
  if (json) {
    const flags = Object.fromEntries([...kinds].map(([key, known]) => [key, [...known]]));
    host.stdout.write(`${JSON.stringify({ flags, remarks, ...(out !== undefined && { out, outcome }) })}\n`);
    return 0;
  }
  for (const remark of remarks)
    host.stderr.write(`${paintFor(host.stderr, host.env)('yellow', visibleLine(remark))}\n`);
  host.stdout.write(out === undefined ? text : `${out}: ${countText(kinds.size, 'flag')}, ${outcome}\n`);
  return 0;
}

/** The members of all files as one document; of a member that several files have, the last one counts. */
async function readAll(
  { files, dialect }: TypesRequest,
  host: Host,
): Promise<DecodedFlags | { readonly errors: readonly Finding[] }> {
  const errors: Finding[] = [];
  const members = new Map<string, FlagDefinition>();
  let all: DecodedFlags | undefined;
  for (const file of files) {
    const { decoded, findings } = await judgeFile(file, dialect, host);
    errors.push(...errorsAmong(findings));
    if (decoded === undefined) continue;
    if (all !== undefined && members.size > 0 && all.dialect.name !== decoded.dialect.name) {
      throw new HalyardError(
        'SOURCE_INVALID',
        `${shownName(file)} is of the dialect '${decoded.dialect.name}', not '${all.dialect.name}'`,
      );
    }
    for (const [key, member] of decoded.members) members.set(key, member);
    all = { ...decoded, members };
  }
  return errors.length > 0 || all === undefined ? { errors } : all;
}

/** Of all rulesets, unless one is named: which one is active may change while a program runs. */
function kindsIn(decoded: DecodedFlags, ruleset: string | undefined): FlagKinds {
  const register = new KindRegister();
  if (decoded.dialect.name === 'goff') seeGoffKinds(decoded.members, register.see);
  else {
    const names = rulesetNames(decoded);
    // says which rulesets there are if it is none of them
    if (ruleset !== undefined) arrangeFlags(decoded, ruleset);
    if (names.length === 0) seeRulesetKinds({ baseline: membersAsBaseline(decoded) }, register.see);
    for (const name of names.filter((candidate) => ruleset === undefined || candidate === ruleset)) {
      const definition = decoded.members.get(name)?.definition;
      if (optionRules.isPlainObject(definition)) seeRulesetKinds(definition, register.see);
    }
  }
  return register.sorted();
}

/** The flat form: feature → baseline. */
function membersAsBaseline({ members }: DecodedFlags): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...members].map(([feature, { definition }]) => [feature, definition]));
}

function remarksOn(kinds: FlagKinds): readonly string[] {
  return [...kinds].flatMap(([key, known]) => {
    const name = JSON.stringify(key);
    if (known.size === 0) return [`flag ${name} is left out: its value is null, which no request gets`];
    return known.size === 1 ? [] : [`flag ${name} answers several kinds of request: ${[...known].join(' and ')}`];
  });
}
