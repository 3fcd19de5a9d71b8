import type { FlagKind } from '@halyard/core';

/** The names of the dialects of flag files. */
export type DialectName = 'goff' | 'ruleset';

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

/** What `halyard lint` is asked. */
export interface LintRequest {
  /** At least one; each is judged by itself. */
  readonly files: readonly string[];
  /** By each file's shape if undefined. */
  readonly dialect: DialectName | undefined;
  readonly json: boolean;
}

/** What `halyard eval` is asked. */
export interface EvalRequest {
  /** A path or an address. */
  readonly flags: string;
  readonly key: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Served if there is no answer. Null if nobody gave one. */
  readonly defaultValue: unknown;
  readonly kind: FlagKind | 'any';
  /** Whether to tell how the answer comes about. */
  readonly explain: boolean;
  readonly dialect: DialectName | undefined;
  readonly ruleset: string | undefined;
  readonly enrichment: Readonly<Record<string, unknown>>;
  readonly json: boolean;
}

/** What `halyard types` is asked. */
export interface TypesRequest {
  /** At least one; of a flag in several of them, the last counts. */
  readonly files: readonly string[];
  /** Undefined for the output. */
  readonly out: string | undefined;
  readonly dialect: DialectName | undefined;
  /** The only ruleset that counts; undefined for all of them. */
  readonly ruleset: string | undefined;
  readonly json: boolean;
}

/** What `halyard convert` is asked. */
export interface ConvertRequest {
  readonly file: string;
  readonly to: DialectName;
  /** Undefined for the output. */
  readonly out: string | undefined;
  /** Undefined for that of the text that is read. */
  readonly format: 'yaml' | 'json' | undefined;
  /** The ruleset to convert, or what the new one is called. */
  readonly ruleset: string | undefined;
  /** Whether contexts name their users by a text in `targetingKey`, and by no other attribute that rulesets look at. */
  readonly usersByTargetingKey: boolean;
  /** Whether variants may be called differently afterwards. */
  readonly renameVariants: boolean;
  readonly json: boolean;
}

/** What a command is asked. */
export type CommandInvocation =
  | { readonly kind: 'serve'; readonly request: ServeRequest }
  | { readonly kind: 'lint'; readonly request: LintRequest }
  | { readonly kind: 'eval'; readonly request: EvalRequest }
  | { readonly kind: 'types'; readonly request: TypesRequest }
  | { readonly kind: 'convert'; readonly request: ConvertRequest };

/** The names of the commands. */
export type CommandName = CommandInvocation['kind'];

/** It cannot be understood; what is wrong, in words. */
export interface Misuse {
  readonly kind: 'misuse';
  readonly problem: string;
  /** The command that was meant, for whoever wants to know more. */
  readonly about?: CommandName;
  /** Whether the output is for machines. */
  readonly json: boolean;
}

/** What the command line asks for. */
export type Invocation =
  | CommandInvocation
  | { readonly kind: 'help'; readonly about: 'halyard' | CommandName }
  | { readonly kind: 'version' }
  | Misuse;
