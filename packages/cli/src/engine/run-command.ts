import { parseInvocation } from '../arguments/parse-invocation.ts';
import { halyardHelp, serveHelp } from '../output/help.ts';
import { humanReport } from '../output/human-report.ts';
import { paintFor } from '../output/paint.ts';
import type { Report } from '../output/report.ts';
import type { Host } from '../ports/host.ts';
import type { Tokenize } from '../ports/tokens.ts';
import type { ExitCode } from './serve.ts';
import { serve } from './serve.ts';

/** Understands one command line and does what it says. */
export async function runCommand(args: readonly string[], host: Host, tokenize: Tokenize): Promise<ExitCode> {
  const invocation = parseInvocation(args, host.env, tokenize);
  switch (invocation.kind) {
    case 'version':
      host.stdout.write(`${host.version}\n`);
      return 0;
    case 'help':
      host.stdout.write(invocation.about === 'serve' ? serveHelp : halyardHelp);
      return 0;
    case 'misuse':
      host.stderr.write(`halyard: ${invocation.problem}\nTry: halyard --help\n`);
      return 2;
    case 'serve':
      return serve(invocation.request, host, teller(host, invocation.request.json));
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
