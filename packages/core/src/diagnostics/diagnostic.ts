/** Where in a document something is: property names and array indexes from the top. */
export type DocumentPath = readonly (string | number)[];

/** A place in a text, both counted from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place inside a document's value: a path, and for texts how far into the text. */
export interface Place {
  readonly path: DocumentPath;
  /** UTF-16 units from the start of the text at `path`. */
  readonly offset?: number;
}

/** Something an author of flags should know: an error costs the flag, a warning does not. */
export interface Diagnostic extends Place {
  readonly severity: 'error' | 'warning';
  /** Stable, for programs: `unknown-property`, `query-trailing-text`, … */
  readonly code: string;
  readonly message: string;
}

/** Takes diagnostics as they are found. */
export type Report = (diagnostic: Diagnostic) => void;
