import type { DocumentPath, Report } from '../../../diagnostics/diagnostic.ts';
import { isAcceptedJsonLogic } from '../json-logic/accepted-json-logic.ts';
import { isAcceptedQuery } from '../query/evaluate-query.ts';
import type { Targeting } from './targeting.ts';

/** Reports whether the relay would refuse a rule's query, and what it silently ignores in it. */
export function checkTargeting(targeting: Targeting | undefined, rulePath: DocumentPath, report: Report): void {
  const path = [...rulePath, 'query'];
  const refuse = (code: string, message: string, at = path): void =>
    report({ severity: 'error', code, message, path: at });
  const warn = (code: string, message: string, offset?: number): void =>
    report({ severity: 'warning', code, message, path, ...(offset !== undefined && { offset }) });
  if (targeting === undefined || targeting.kind === 'always') {
    refuse('query-missing', 'a targeting rule needs a query', targeting === undefined ? [...rulePath] : path);
    return;
  }
  if (targeting.kind === 'json-logic') {
    if (!isAcceptedJsonLogic(targeting.text)) refuse('json-logic-invalid', 'the query is JSON, but no JsonLogic rule');
    else if (targeting.rule.tooDeep) warn('json-logic-too-deep', 'the rule is nested too deeply and matches nobody');
    return;
  }
  const { query, offsetOf } = targeting;
  if (!isAcceptedQuery(query)) refuse('query-invalid', 'the query cannot be evaluated');
  for (const { code, message, offset } of query.diagnostics) {
    warn(code, message, offsetOf(offset));
  }
}
