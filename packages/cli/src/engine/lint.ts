import type { LintRequest } from '../arguments/invocation.ts';
import { countText, findingText } from '../output/finding-text.ts';
import { paintFor } from '../output/paint.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import type { Judgement } from './judgement.ts';
import { errorsAmong, judgeFile } from './judgement.ts';

/**
 * Tells everything that is wrong with files of flags, and odd about them.
 *
 * @throws HalyardError `CONFIG_INVALID` for an extension that tells no format
 */
export async function lint({ files, dialect, json }: LintRequest, host: Host): Promise<ExitCode> {
  const judgements: Judgement[] = [];
  for (const file of files) judgements.push(await judgeFile(file, dialect, host));
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
