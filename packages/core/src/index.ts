export { ContextFault, checkContext } from './context/check-context.ts';
export type { CheckedContext } from './context/check-context.ts';
export type { EvaluationContext } from './context/evaluation-context.ts';
export type { Diagnostic, DocumentPath, Place, Position, Report } from './diagnostics/diagnostic.ts';
export type {
  ArrangedFlags,
  ControlBoard,
  Decide,
  Decision,
  Dialect,
  DocumentMembers,
  FlagControls,
  FlagDefinition,
  FlagReader,
  PropertyNaming,
  ReadFlag,
  ScalarMeaning,
  Surroundings,
} from './dialects/dialect.ts';
export { dialectOf } from './dialects/dialect-of.ts';
export type { DocumentFault } from './dialects/document-refusal.ts';
export { refusedDocument, withPlaces } from './dialects/document-refusal.ts';
export { goffDialect } from './dialects/goff/goff-dialect.ts';
export { writtenFlag } from './dialects/goff/model/written-flag.ts';
export type { Engine, EngineEvent, FlagChange } from './engine/engine.ts';
export { FlagEntry } from './engine/flag-entry.ts';
export type { FlagDiagnostic } from './engine/flag-set.ts';
export { FlagSet } from './engine/flag-set.ts';
export type { Announcement, LifecycleEvent, LifecycleState } from './engine/lifecycle.ts';
export { transitionOf } from './engine/lifecycle.ts';
export { orAborted } from './engine/or-aborted.ts';
export { Listeners } from './engine/listeners.ts';
export type { NextFlagSet } from './engine/next-flag-set.ts';
export { nextFlagSet, readAllFlags } from './engine/next-flag-set.ts';
export type { Snapshot } from './engine/snapshot.ts';
export { sameJson } from './engine/same-json.ts';
export { snapshotOf } from './engine/snapshot.ts';
export type { HalyardErrorCode } from './errors/error-codes.ts';
export { openFeatureCodeOf } from './errors/error-codes.ts';
export { HalyardError, isHalyardError, messageOf } from './errors/halyard-error.ts';
export { fnv1a } from './hash/fnv1a.ts';
export { guardedLogger } from './logging/guarded-logger.ts';
export { lazyLogger } from './logging/lazy-logger.ts';
export { checkOptions, invalidOptions } from './options/check-options.ts';
export { describeValue } from './options/describe-value.ts';
export { nearestName } from './options/nearest-name.ts';
export type { OptionFault, OptionRule } from './options/option-fault.ts';
export * as optionRules from './options/option-rules.ts';
export { systemClock } from './platform/system-clock.ts';
export type { Clock, Timer } from './ports/clock.ts';
export type { Logger } from './ports/logger.ts';
export type { Random } from './ports/random.ts';
export type { Storage } from './ports/storage.ts';
export type { Transport, TransportRequest, TransportResponse } from './ports/transport.ts';
export type { UsageRecorder } from './ports/usage-recorder.ts';
export type { BackoffLimits } from './resilience/backoff.ts';
export { backoffDelay } from './resilience/backoff.ts';
export type { ConditionTrace, Explanation, TraceStep } from './resolution/explanation.ts';
export { freezeDeeply } from './resolution/freeze-deeply.ts';
export type { Outcome } from './resolution/outcome.ts';
export { defaultOutcome, errorOutcome, kindOf, resolutionFor, resolutionForDefault } from './resolution/outcome.ts';
export type { AskedKind, FlagKind, FlagMetadata, OpenFeatureErrorCode, Resolution } from './resolution/resolution.ts';
export { compareCodePoints } from './text/code-point-order.ts';
export { decimalText } from './text/decimal-text.ts';
export { wellFormed, wellFormedReviver } from './text/well-formed-text.ts';
export { compareInstants, instantOfMillis } from './time/instant.ts';
export type { Instant } from './time/instant.ts';
