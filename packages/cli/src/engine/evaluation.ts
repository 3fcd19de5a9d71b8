import type { FlagSet, Resolution, TraceStep } from '@halyard/core';
import { instantOfMillis, nearestName, resolutionFor, systemClock } from '@halyard/core';
import type { LocalEngine } from '@halyard/provider-local/engine';
import { createLocalEngine, describeDiagnostic } from '@halyard/provider-local/engine';
import type { EvalRequest } from '../arguments/invocation.ts';
import { answerText } from '../output/answer-text.ts';
import { paintFor } from '../output/paint.ts';
import { traceText } from '../output/trace-text.ts';
import { visibleLine } from '../output/visible-text.ts';
import type { Host } from '../ports/host.ts';
import type { ExitCode } from './exit-code.ts';
import { flagSource } from './flag-source.ts';

const silent = { error: () => undefined, warn: () => undefined, info: () => undefined, debug: () => undefined };

/**
 * Tells what one flag answers to one context.
 *
 * @throws HalyardError if the flags cannot be loaded, or nothing can be loaded from what was named
 */
export async function evaluate(request: EvalRequest, host: Host): Promise<ExitCode> {
  const { flags, dialect, ruleset, enrichment } = request;
  const engine = createLocalEngine({
    source: flagSource(flags, host),
    contextEnrichment: enrichment,
    logger: silent,
    pollIntervalMs: 0,
    ...(dialect !== undefined && { dialect }),
    ...(ruleset !== undefined && { ruleset }),
  });
  try {
    await engine.start(host.signal);
    return answer(request, engine, host);
  } finally {
    await engine.stop();
  }
}

function answer(request: EvalRequest, engine: LocalEngine, host: Host): ExitCode {
  const { key, context, kind, defaultValue, explain, json } = request;
  // there are flags once the engine has started
  const flags = engine.flags as FlagSet;
  const now = instantOfMillis(systemClock.now());
  const resolution: Resolution = resolutionFor(flags.evaluate(key, context, now), kind, defaultValue);
  const trace: readonly TraceStep[] = explain ? flags.explain(key, context, now) : [];
  if (json) host.stdout.write(`${JSON.stringify({ flag: key, ...resolution, ...(explain && { trace }) })}\n`);
  else {
    const lines = [...answerText(resolution, paintFor(host.stdout, host.env)), ...(explain ? traceText(trace) : [])];
    host.stdout.write(`${lines.join('\n')}\n`);
    for (const hint of hintsFor(resolution, request, engine)) {
      host.stderr.write(`${paintFor(host.stderr, host.env)('yellow', visibleLine(hint))}\n`);
    }
  }
  return resolution.errorCode === undefined ? 0 : 1;
}

/** Why a flag is not there. */
function hintsFor({ errorCode }: Resolution, { key }: EvalRequest, engine: LocalEngine): readonly string[] {
  if (errorCode !== 'FLAG_NOT_FOUND') return [];
  const faults = engine.diagnostics().filter(({ flag, severity }) => flag === key && severity === 'error');
  if (faults.length > 0) return faults.map(describeDiagnostic);
  const meant = nearestName(key, engine.flags?.keys() ?? []);
  return meant === undefined ? [] : [`did you mean ${meant}?`];
}
