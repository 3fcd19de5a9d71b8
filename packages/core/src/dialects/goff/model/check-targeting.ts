import type { Branch } from '../../../diagnostics/branch.ts';
import { below, pathOf } from '../../../diagnostics/branch.ts';
import type { Report } from '../../../diagnostics/diagnostic.ts';
import type { TargetingCache } from '../targeting/targeting-cache.ts';

/** Reports whether the relay would refuse a rule's query, and what it silently ignores in it. */
export function checkTargeting(
  query: string | undefined,
  rule: Branch,
  targetings: TargetingCache,
  report: Report,
): void {
  if (query === undefined) {
    report({ severity: 'error', code: 'query-missing', message: 'a targeting rule needs a query', path: pathOf(rule) });
    return;
  }
  const { refusal, remarks } = targetings.of(query);
  if (refusal === undefined && remarks.length === 0) return;
  const path = pathOf(below(rule, 'query'));
  if (refusal !== undefined) report({ severity: 'error', ...refusal, path });
  for (const remark of remarks) report({ severity: 'warning', ...remark, path });
}
