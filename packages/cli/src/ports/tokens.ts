/** One part of a command line. */
export type Token =
  | { readonly kind: 'positional'; readonly value: string }
  | {
      readonly kind: 'option';
      readonly name: string;
      /** As it was typed: `--port`, `-p`. */
      readonly rawName: string;
      /** Undefined if there is none. */
      readonly value: string | undefined;
      /** Whether the value was typed in one with the name: `--port=1`. */
      readonly inlineValue: boolean | undefined;
    };

/** How an option is declared. */
export interface OptionKind {
  /** Whether it has a value. */
  readonly type: 'string' | 'boolean';
  /** The letter that is short for it. */
  readonly short?: string;
  /** Whether it may be given several times, all of which count. */
  readonly multiple?: boolean;
}

export type OptionKinds = Readonly<Record<string, OptionKind>>;

/** Takes a command line apart. Unknown options are left to the caller. */
export type Tokenize = (args: readonly string[], options: OptionKinds) => readonly Token[];
