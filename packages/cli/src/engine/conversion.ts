import type { Diagnostic } from '@halyard/core';
import type { ConvertRequest } from '../arguments/invocation.ts';
import { documentText } from '../conversion/document-text.ts';
import { Reservations } from '../conversion/refusal.ts';
import type { Refusal } from '../conversion/refusal.ts';
import type { Finding } from '../findings/finding.ts';
import { byPlace, findingAt } from '../findings/finding.ts';
import { countText, findingText } from '../output/finding-text.ts';
import { paintFor } from '../output/paint.ts';
import type { WriteFile } from '../ports/files.ts';
import type { Host } from '../ports/host.ts';
import { refuseOtherAnswers } from './conversion-check.ts';
import { convertedToGoff, convertedToRuleset } from './converted-document.ts';
import type { ExitCode } from './exit-code.ts';
import { shownName } from './flag-source.ts';
import { errorsAmong, judgeFile } from './judgement.ts';
import { writeOut } from './written-file.ts';

/** What became of a file. */
interface Converted {
  readonly findings: readonly Finding[];
  /** Undefined if it is refused. */
  readonly document: Readonly<Record<string, unknown>> | undefined;
  /** What it is to be written in. */
  readonly format: 'yaml' | 'json';
}

/**
 * Writes flags down in another dialect, unless an answer would change by it.
 *
 * @throws HalyardError for a ruleset that is not there, and a file that cannot be written
 */
export async function convert(request: ConvertRequest, host: Host, write: WriteFile): Promise<ExitCode> {
  const { out, json } = request;
  const { findings, document, format } = await convertFile(request, host);
  const text = document && documentText(document, format);
  const outcome = out === undefined || text === undefined ? undefined : await writeOut(out, text, write);
  if (json) {
    const told = {
      findings,
      ...(document !== undefined && { document }),
      ...(outcome !== undefined && { out, outcome }),
    };
    host.stdout.write(`${JSON.stringify(told)}\n`);
  } else {
    const paint = paintFor(host.stderr, host.env);
    for (const finding of findings) host.stderr.write(`${findingText(finding, paint)}\n`);
    if (text === undefined) host.stderr.write('nothing was converted\n');
    else
      host.stdout.write(
        out === undefined ? text : `${out}: ${countText(flagsIn(request, document), 'flag')}, ${outcome}\n`,
      );
  }
  return document === undefined ? 1 : 0;
}

function flagsIn({ to }: ConvertRequest, document: Converted['document'] = {}): number {
  if (to === 'goff') return Object.keys(document).length;
  const [ruleset] = Object.values(document) as { readonly baseline: object }[];
  return Object.keys(ruleset?.baseline ?? {}).length;
}

async function convertFile(request: ConvertRequest, host: Host): Promise<Converted> {
  const { file, to } = request;
  const { decoded, findings } = await judgeFile(file, to === 'goff' ? 'ruleset' : 'goff', host);
  const format = request.format ?? (decoded?.format === 'json' ? 'json' : 'yaml');
  const errors = errorsAmong(findings);
  if (errors.length > 0 || decoded === undefined) return { findings: errors, document: undefined, format };
  const reservations = new Reservations();
  const document = (to === 'goff' ? convertedToGoff : convertedToRuleset)(decoded, request, reservations);
  if (reservations.refusals.length === 0)
    await refuseOtherAnswers(decoded, document, { ...request, format }, reservations);
  const { refusals, losses } = reservations;
  const told = [
    ...refusals.map((refusal) => diagnosticOf(refusal, 'error', 'not-convertible')),
    ...losses.map((loss) => diagnosticOf(loss, 'warning', 'lost-in-conversion')),
  ];
  return {
    findings: byPlace(told.map((found) => findingAt(shownName(file), decoded.locate, found))),
    document: refusals.length === 0 ? document : undefined,
    format,
  };
}

function diagnosticOf({ path, message }: Refusal, severity: Diagnostic['severity'], code: string): Diagnostic {
  return { severity, code, message, path };
}
