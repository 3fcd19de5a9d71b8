import type { CommandInvocation, Misuse } from '../arguments/invocation.ts';
import { parseInvocation } from '../arguments/parse-invocation.ts';
import { commandWords } from '../findings/command-words.ts';
import { helpTexts } from '../output/help.ts';
import { humanReport } from '../output/human-report.ts';
import { paintFor } from '../output/paint.ts';
import type { Report } from '../output/report.ts';
import { visibleText } from '../output/visible-text.ts';
import type { WriteFile } from '../ports/files.ts';
import type { Host } from '../ports/host.ts';
import type { Tokenize } from '../ports/tokens.ts';
import { convert } from './conversion.ts';
import { evaluate } from './evaluation.ts';
import type { ExitCode } from './exit-code.ts';
import { exitCodeOf } from './exit-code.ts';
import { lint } from './lint.ts';
import { serve } from './serve.ts';
import { generateTypes } from './type-generation.ts';

/** What commands need of the platform beside their host. */
export interface Tools {
  readonly tokenize: Tokenize;
  readonly write: WriteFile;
}

/** Understands one command line and does what it says. */
export async function runCommand(args: readonly string[], host: Host, tools: Tools): Promise<ExitCode> {
  const invocation = parseInvocation(args, host.env, tools.tokenize);
  switch (invocation.kind) {
    case 'version':
      host.stdout.write(`${host.version}\n`);
      return 0;
    case 'help':
      host.stdout.write(helpTexts[invocation.about]);
      return 0;
    case 'misuse':
      return misused(invocation, host);
    default:
      return withErrorsTold(invocation, host, () => run(invocation, host, tools));
  }
}

function misused({ problem, about, json }: Misuse, host: Host): ExitCode {
  const command = about === undefined ? 'halyard' : `halyard ${about}`;
  if (json) {
    teller(host, true)({ event: 'error', message: problem });
    return 2;
  }
  host.stderr.write(`halyard: ${visibleText(problem)}\nTry: ${command} --help\n`);
  return 2;
}

function run(invocation: CommandInvocation, host: Host, { write }: Tools): Promise<ExitCode> {
  switch (invocation.kind) {
    case 'serve':
      return serve(invocation.request, host, teller(host, invocation.request.json));
    case 'lint':
      return lint(invocation.request, host);
    case 'eval':
      return evaluate(invocation.request, host);
    case 'types':
      return generateTypes(invocation.request, host, write);
    case 'convert':
      return convert(invocation.request, host, write);
  }
}

/** What makes a command impossible is told like everything else that is wrong. */
async function withErrorsTold(
  { request }: CommandInvocation,
  host: Host,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    teller(host, request.json)({ event: 'error', message: commandWords(error) });
    return exitCodeOf(error);
  }
}

/** Programs read everything from one stream; people have what is wrong on the other. */
function teller(host: Host, isForPrograms: boolean): (report: Report) => void {
  if (isForPrograms) return (report) => void host.stdout.write(`${JSON.stringify(report)}\n`);
  return (report) => {
    const isWrong = report.event === 'warning' || report.event === 'error';
    const output = isWrong ? host.stderr : host.stdout;
    output.write(`${humanReport(report, paintFor(output, host.env))}\n`);
  };
}
