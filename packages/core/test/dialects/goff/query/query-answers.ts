import { EnrichedAttributes } from '../../../../src/dialects/goff/enriched-attributes.ts';
import { compileQuery } from '../../../../src/dialects/goff/query/compile-query.ts';
import { explainQuery, isAcceptedQuery } from '../../../../src/dialects/goff/query/evaluate-query.ts';
import { joinQueryLines } from '../../../../src/dialects/goff/query/joined-query.ts';
import { parseQuery } from '../../../../src/dialects/goff/query/parse-query.ts';
import type { ParsedQuery } from '../../../../src/dialects/goff/query/parsed-query.ts';

const attributes = new EnrichedAttributes({});

const parsed = (query: string): ParsedQuery => parseQuery(joinQueryLines(query).text);

export const matches = (query: string, context: object): boolean =>
  compileQuery(parsed(query), attributes)({ targetingKey: 'user-1', ...context });

export const isAccepted = (query: string): boolean => isAcceptedQuery(parsed(query));

export const explain = (query: string, context: object): ReturnType<typeof explainQuery> =>
  explainQuery(parsed(query), attributes, { targetingKey: 'user-1', ...context });
