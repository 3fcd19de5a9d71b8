import type { EvaluationContext } from '../context/evaluation-context.ts';
import type { Diagnostic, DocumentPath } from '../diagnostics/diagnostic.ts';
import type { TraceStep } from '../resolution/explanation.ts';
import type { Outcome } from '../resolution/outcome.ts';
import type { FlagMetadata } from '../resolution/resolution.ts';
import type { Instant } from '../time/instant.ts';

/** What an outcome depends on besides the flag. */
export interface Surroundings {
  /** Merged over every context. */
  readonly enrichment: Readonly<Record<string, unknown>>;
  /** Whether whole numbers at its top level are integers, as in a relay's own configuration. False by default. */
  readonly enrichmentHasIntegers?: boolean;
  readonly now: () => Instant;
}

/** Decides for a checked context. `now` pins the time; without it the clock is asked, if time matters. */
export type Decide = (context: EvaluationContext, now: Instant | undefined) => Outcome;

/** How a flag is decided: a plain outcome where the answer cannot depend on context or time. */
export type Decision = Outcome | Decide;

/** A definition as read. */
export interface ReadFlag {
  /** Undefined if the flag is refused, and then at least one diagnostic is an error. */
  readonly decision: Decision | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A flag as its document gives it. */
export interface FlagDefinition {
  readonly definition: unknown;
  readonly naming: PropertyNaming;
}

/** How the property names of a definition match: in JSON and TOML files without regard to case. */
export type PropertyNaming = 'exact' | 'any-case';

/** What a plain YAML scalar is meant as, where its looks do not decide: `True` may be a name, `no` a switch. */
export type ScalarMeaning = 'text' | 'switch' | 'date' | 'by looks';

/**
 * Knows how to read a flag. Holds on to what the flag needs and to no more: a flag that did not change keeps its reader
 * when the document around it is replaced.
 */
export interface FlagReader {
  /** Validates and compiles one flag. Never throws. */
  read(flagKey: string, definition: FlagDefinition): ReadFlag;
  /** How the answer for a checked context comes about, step by step. For a flag that was not refused. */
  explain(flagKey: string, definition: FlagDefinition, context: EvaluationContext, now: Instant): readonly TraceStep[];
}

/** The top-level members of decoded documents by name; of a name that several documents have, the last member. */
export type DocumentMembers = ReadonlyMap<string, FlagDefinition>;

/** What is said at run time about documents, over what they say themselves. */
export interface FlagControls {
  /** The ruleset to use; the document's only one by default. */
  readonly ruleset?: string;
  /** Whether the kill switch is on; by default what the document says. */
  readonly killSwitch?: boolean;
}

/** What can be controlled in a document at run time. */
export interface ControlBoard {
  readonly rulesets: readonly string[];
  readonly active: string;
  /** What each feature of the active ruleset answers when it is off. Frozen. */
  readonly baseline: Readonly<Record<string, unknown>>;
  /**
   * The flags of the same document under other controls.
   *
   * @throws HalyardError `CONFIG_INVALID` for a ruleset that is not there, with those that are
   */
  arrange(controls: FlagControls): ArrangedFlags;
}

/** What documents come to: flags, ready to be put into a set. */
export interface ArrangedFlags {
  /** The definition of a flag holds everything its answers depend on, but for the flags it depends on. */
  readonly flags: ReadonlyMap<string, FlagDefinition>;
  readerOf(flagKey: string): FlagReader;
  /** The flags whose answers go into a flag's answer; absent where no flag depends on another. */
  readonly dependencies?: ReadonlyMap<string, readonly string[]>;
  /** What is odd about the documents as a whole, beside what the flags' own readers tell. Paths start at the top. */
  readonly diagnostics: readonly Diagnostic[];
  /** Goes with the answer for a flag that is not there; nothing by default. */
  readonly metadata?: FlagMetadata;
  /** Absent where nothing can be controlled. */
  readonly board?: ControlBoard;
}

/**
 * A way to write flags down, ready to read them in certain surroundings. The unit is what documents hold altogether:
 * a dialect may take members one by one as flags, each refused alone (`goff`), or judge the whole and refuse it
 * (`ruleset`). What it yields is the same for all dialects: definitions to compare, readers that compile them.
 */
export interface Dialect {
  readonly name: string;
  /** Whether documents look like this dialect. Goes by the names of properties alone, never by scalars' looks. */
  recognises(members: DocumentMembers): boolean;
  /**
   * Whether documents are in a short form that only definitions in a program may be in: a file half written, or an
   * answer of something else, can look like it and would put away every flag. For dialects that have such a form.
   */
  isShortForm?(members: DocumentMembers): boolean;
  /**
   * Makes flags of documents.
   *
   * @throws HalyardError `SOURCE_INVALID`: made by `refusedDocument` with every fault if the documents are refused, or
   *   saying which rulesets there are if the controls fit none
   */
  arrange(members: DocumentMembers, controls: FlagControls): ArrangedFlags;
  /** The same in slices short enough not to hold up evaluations; for dialects that take their time. */
  arranging?(members: DocumentMembers, controls: FlagControls): Generator<void, ArrangedFlags>;
  /** @param path of a value, starting at its member of the document */
  meaningOf(path: DocumentPath): ScalarMeaning;
  /** The flags a context asks for when all are evaluated at once; undefined for all of them. */
  selection(context: EvaluationContext): readonly string[] | undefined;
}
