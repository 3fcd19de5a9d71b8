/** What `halyard serve` is asked. */
export interface ServeRequest {
  /** Files of flags; of a flag in several of them, the last counts. None: the usual file. */
  readonly files: readonly string[];
  readonly port: number;
  readonly host: string;
  readonly apiKeys: readonly string[];
  readonly adminKeys: readonly string[];
  /** `log`, or the path of a file of JSON lines; undefined for nowhere. */
  readonly export: string | undefined;
  readonly enrichment: Readonly<Record<string, unknown>>;
  /** Whether the output is for machines. */
  readonly json: boolean;
}

/** What the command line asks for. */
export type Invocation =
  | { readonly kind: 'serve'; readonly request: ServeRequest }
  | { readonly kind: 'help'; readonly about: 'halyard' | 'serve' }
  | { readonly kind: 'version' }
  /** It cannot be understood; what is wrong, in words. */
  | { readonly kind: 'misuse'; readonly problem: string };
