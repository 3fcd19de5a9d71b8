import type { EvaluationContext } from '@halyard/core';
import type { ExporterMetadata } from '@halyard/hooks';

const objectFrom = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/**
 * Adds exporter metadata to contexts where the relay looks for it: `gofeatureflag.exporterMetadata`
 * (goff-relay-protocol §6). What a context says itself wins.
 */
export function exporterMetadataAdder(metadata: ExporterMetadata): (context: EvaluationContext) => EvaluationContext {
  const own = { ...metadata };
  if (Object.keys(own).length === 0) return (context) => context;
  return (context) => {
    const specific = objectFrom(context['gofeatureflag']);
    const exporterMetadata = { ...own, ...objectFrom(specific['exporterMetadata']) };
    return { ...context, gofeatureflag: { ...specific, exporterMetadata } };
  };
}
