import type { ExportResult, UsageBatch, UsageExporter } from '@halyard/hooks';

/** An exporter that does as the test says, and remembers what it was given. */
export class ScriptedExporter implements UsageExporter {
  readonly batches: UsageBatch[] = [];
  /** The keys of the events that were accepted, in order. */
  readonly accepted: string[] = [];
  script: (batch: UsageBatch, signal: AbortSignal) => ExportResult | Promise<ExportResult> = () => ({
    status: 'accepted',
  });

  async export(batch: UsageBatch, signal: AbortSignal): Promise<ExportResult> {
    this.batches.push(batch);
    const result = await this.script(batch, signal);
    if (result.status === 'accepted') this.accepted.push(...batch.events.map(({ key }) => key));
    return result;
  }
}
