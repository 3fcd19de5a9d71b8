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

/** How options are declared: which have a value, which letter is short for them. */
export type OptionKinds = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

/** Takes a command line apart. Unknown options are left to the caller. */
export type Tokenize = (args: readonly string[], options: OptionKinds) => readonly Token[];
