import type { Diagnostic } from '@halyard/core';
import { describeValue } from '@halyard/core';
import type { LintRequest } from '../arguments/invocation.ts';
import { byPlace, findingAt } from '../findings/finding.ts';
import { countText, findingText } from '../output/finding-text.ts';
import { paintFor } from '../output/paint.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import { shownName } from './flag-source.ts';
import type { Judgement } from './judgement.ts';
import { errorsAmong, judgeFile } from './judgement.ts';

/**
 * Tells everything that is wrong with files of flags, and odd about them.
 *
 * @throws HalyardError `CONFIG_INVALID` for an extension that tells no format
 */
export async function lint({ files, dialect, json }: LintRequest, host: Host): Promise<ExitCode> {
  const judgements: Judgement[] = [];
  for (const file of files) judgements.push(withRemarks(file, await judgeFile(file, dialect, host)));
  const findings = judgements.flatMap((judgement) => judgement.findings);
  const flags = judgements.reduce((sum, judgement) => sum + judgement.flags, 0);
  const errors = errorsAmong(findings).length;
  const warnings = findings.length - errors;
  if (json) host.stdout.write(`${JSON.stringify({ files: files.length, flags, errors, warnings, findings })}\n`);
  else {
    const paint = paintFor(host.stdout, host.env);
    const scope = `${countText(flags, 'flag')} in ${countText(files.length, 'file')}`;
    const found = `${countText(errors, 'error')}, ${countText(warnings, 'warning')}`;
    const summary = paint(errors > 0 ? 'red' : warnings > 0 ? 'yellow' : 'green', `${scope}: ${found}`);
    host.stdout.write(`${[...findings.map((finding) => findingText(finding, paint)), summary].join('\n')}\n`);
  }
  return errors > 0 ? 1 : 0;
}

/** What other commands have a use for, and a provider has none for in a file. */
function withRemarks(file: string, judgement: Judgement): Judgement {
  const { decoded, findings } = judgement;
  if (decoded === undefined || errorsAmong(findings).length > 0) return judgement;
  const { members, dialect, locate } = decoded;
  const remark = (found: Diagnostic): Judgement => ({
    ...judgement,
    findings: byPlace([findingAt(shownName(file), locate, found), ...findings]),
  });
  const [first] = members;
  if (first === undefined) {
    return remark({ severity: 'warning', code: 'document-empty', message: 'there is no flag in it', path: [] });
  }
  if (dialect.isShortForm?.(members) !== true) return judgement;
  const [name, { definition }] = first;
  const message = `found ${describeValue(definition)}, expected a ruleset; single values are for definitions in a program`;
  return remark({ severity: 'error', code: 'short-form', message, path: [name] });
}
