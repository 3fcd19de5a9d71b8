import type { QueryDiagnostic, QueryDiagnosticCode } from './parsed-query.ts';

/** A megabyte of junk is not worth a million remarks; those beyond the limit are left out. */
const mostDiagnostics = 100;

/** A part of the query's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Collects remarks while a query is read. */
export interface DiagnosticList {
  add(code: QueryDiagnosticCode, message: string, where: TextRange): void;
  /** In the order of the text. */
  all(): readonly QueryDiagnostic[];
}

export function createDiagnosticList(): DiagnosticList {
  const found: QueryDiagnostic[] = [];
  return {
    add(code, message, { start, end }) {
      if (found.length < mostDiagnostics) found.push({ code, message, offset: start, length: end - start });
    },
    all: () => found.toSorted((left, right) => left.offset - right.offset),
  };
}

/** A part of the text for use in a message: quoted, and cut where it is long. */
export function quoted(text: string, { start, end }: TextRange): string {
  const part = text.slice(start, Math.min(end, start + 40));
  return `${JSON.stringify(part)}${end - start > 40 ? '…' : ''}`;
}
