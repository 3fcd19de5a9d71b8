/**
 * How deep a rule may nest, arrays and objects both counted, including what evaluation puts into it. The relay stops
 * at 10,000, but only while reading: a value that `if` evaluates once more may contain itself, which ends the relay's
 * process. Chosen so that evaluation needs a small part of the usual stack.
 */
export const MAX_DEPTH = 500;

/** What the relay's JSON reader takes. Text that nests deeper is no JSON there, so no JsonLogic either. */
export const MAX_JSON_DEPTH = 10_000;

/**
 * How much one evaluation may do: an operation, an array element or {@link TEXT_PER_STEP} code units of text are one
 * step each. Beyond it the rule does not match. The relay has no such limit.
 */
export const MAX_STEPS = 1_000_000;

/** How large a rule may be, each value and each {@link TEXT_PER_STEP} code units one step. Larger ones never match. */
export const MAX_COMPILE_STEPS = 2_000_000;

/** The longest text a rule may build. */
export const MAX_TEXT_LENGTH = 1_000_000;

export const TEXT_PER_STEP = 64;
