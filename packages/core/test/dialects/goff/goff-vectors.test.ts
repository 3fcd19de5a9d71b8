import { compileFlag } from '../../../src/dialects/goff/evaluation/compile-flag.ts';
import { workshopIn } from '../../../src/dialects/goff/evaluation/workshop.ts';
import { readFlag } from '../../../src/dialects/goff/model/read-flag.ts';
import type { EvaluationContext } from '../../../src/context/evaluation-context.ts';
import { checkContext, ContextFault } from '../../../src/context/check-context.ts';
import { resolutionFor } from '../../../src/resolution/outcome.ts';
import { instantOfMillis } from '../../../src/time/instant.ts';
import vectors from '../../vectors/goff-flags.json' with { type: 'json' };

interface Vector {
  readonly n: number;
  readonly name: string;
  readonly flagKey: string;
  readonly flag: object;
  readonly context: EvaluationContext;
  readonly enrichment?: Record<string, unknown>;
  readonly default: unknown;
  readonly expect: {
    readonly value: unknown;
    readonly variation: string;
    readonly reason: string;
    readonly cacheable: boolean;
    readonly errorCode?: string;
    readonly errorDetails?: string;
    readonly metadata?: Record<string, unknown>;
    readonly version?: string;
  };
}

// FLAG_CONFIG is no OpenFeature code (goff-evaluation §9.4)
const codeOf = (code: string | undefined): string | undefined => (code === 'FLAG_CONFIG' ? 'GENERAL' : code);

function answer({ flagKey, flag, context, enrichment = {} }: Vector): ReturnType<typeof compileFlag> {
  const model = readFlag(flag, 'any-case', () => undefined);
  const checked = checkContext(context);
  if (model === undefined || checked instanceof ContextFault) throw new Error('the vector cannot be read');
  const decision = compileFlag(
    flagKey,
    model,
    workshopIn({ enrichment, now: () => instantOfMillis(Date.UTC(2026, 0, 1)) }),
  );
  return typeof decision === 'function' ? decision(checked, undefined) : decision;
}

test.each(vectors.cases as unknown as Vector[])('vector $n is answered as the relay answers it: $name', (vector) => {
  const outcome = answer(vector);
  if (typeof outcome === 'function') throw new Error('no outcome');
  const { expect: expected } = vector;
  const resolution = resolutionFor(outcome, 'any', vector.default);
  const { version, ...metadata } = resolution.flagMetadata;
  expect({ ...resolution, flagMetadata: metadata, cacheable: outcome.cacheable, version }).toEqual({
    value: expected.value,
    variant: expected.variation,
    reason: expected.reason,
    flagMetadata: expected.metadata ?? {},
    cacheable: expected.cacheable,
    version: expected.version,
    ...(expected.errorCode !== undefined && {
      errorCode: codeOf(expected.errorCode),
      errorMessage: expected.errorDetails,
    }),
  });
});
