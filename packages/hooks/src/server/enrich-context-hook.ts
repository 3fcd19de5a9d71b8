import { checkOptions, optionRules } from '@halyard/core';
import type { BaseHook, EvaluationContext, EvaluationContextValue, HookContext } from '@openfeature/core';

/** Plain values by name. */
export type ExporterMetadata = Readonly<Record<string, string | number | boolean>>;

const metadataRule = optionRules.ruleOf(
  `${optionRules.someMetadata.expected}, or a function that returns one`,
  (value) => typeof value === 'function' || isMetadata(value),
);

function isMetadata(value: unknown): value is ExporterMetadata {
  let isSo = true;
  optionRules.someMetadata.check(value, '', () => (isSo = false));
  return isSo;
}

/**
 * An OpenFeature hook that adds `gofeatureflag.exporterMetadata` to every context, which the relay copies into the usage
 * data it counts itself (goff-relay-protocol §6). What the context already has there stays, but for equal names.
 *
 * For servers: the web SDK takes no context from hooks.
 */
export class EnrichContextHook implements BaseHook {
  readonly #metadataFor: (context: EvaluationContext) => unknown;

  /**
   * @param metadata what to add, or a function of the context that says so
   * @throws HalyardError `CONFIG_INVALID` if it is neither
   */
  constructor(metadata: ExporterMetadata | ((context: EvaluationContext) => ExporterMetadata)) {
    checkOptions('EnrichContextHook', { metadata }, { metadata: optionRules.required(metadataRule) });
    const fixed = typeof metadata === 'function' ? undefined : { ...metadata };
    this.#metadataFor = typeof metadata === 'function' ? metadata : () => fixed;
  }

  /** Called by the SDK before each evaluation. Never throws: a function that fails adds nothing. */
  before(hookContext: HookContext): EvaluationContext {
    try {
      const metadata = this.#metadataFor(hookContext.context);
      if (!isMetadata(metadata)) {
        if (metadata instanceof Promise) metadata.catch(() => undefined);
        throw new Error(`the metadata must be ${optionRules.someMetadata.expected}`);
      }
      const specific = objectFrom(hookContext.context['gofeatureflag']);
      const exporterMetadata = { ...objectFrom(specific['exporterMetadata']), ...metadata };
      return { gofeatureflag: { ...specific, exporterMetadata } };
    } catch (error) {
      hookContext.logger.warn('the context was not enriched', error);
      return {};
    }
  }
}

function objectFrom(value: EvaluationContextValue | undefined): Record<string, EvaluationContextValue> {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
  return isObject ? (value as Record<string, EvaluationContextValue>) : {};
}
