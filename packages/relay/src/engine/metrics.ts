/** Names of flags come from requests: so many different ones are counted apart. */
const MOST_FLAGS = 10_000;

const descriptions = {
  gofeatureflag_flag_evaluations_total: 'Evaluations of one flag, by flag.',
  gofeatureflag_all_flag_evaluations_total: 'Evaluations of all flags at once.',
  gofeatureflag_collect_eval_data_total: 'Events received by the collector.',
  gofeatureflag_flag_changes_total: 'Loads that changed something.',
  gofeatureflag_flag_create_total: 'Flags that were added.',
  gofeatureflag_flag_delete_total: 'Flags that were removed, or became invalid.',
  gofeatureflag_flag_update_total: 'Flags whose definition changed.',
  gofeatureflag_force_refresh: 'Reloads that an administrator asked for.',
  gofeatureflag_flag_configuration_total: 'Requests for the definitions of the flags.',
  gofeatureflag_get_manifest_total: 'Requests for the OpenFeature manifest.',
  halyard_relay_events_dropped_total: 'Events that were lost: the buffer was full, or the exporter failed.',
} as const;

/** What is counted; GO Feature Flag's own names where it counts the same. */
export type MetricName = keyof typeof descriptions;

/** Counters since the start, for Prometheus. */
export class Metrics {
  readonly #plain = new Map<MetricName, number>();
  readonly #byFlag = new Map<string, number>();

  count(name: MetricName, by = 1): void {
    this.#plain.set(name, this.valueOf(name) + by);
  }

  countEvaluation(flagKey: string): void {
    const known = this.#byFlag.get(flagKey);
    if (known === undefined && this.#byFlag.size >= MOST_FLAGS) return;
    this.#byFlag.set(flagKey, (known ?? 0) + 1);
  }

  valueOf(name: MetricName): number {
    return this.#plain.get(name) ?? 0;
  }

  /** Prometheus' text format. */
  text(): string {
    return Object.entries(descriptions)
      .flatMap(([name, help]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} counter`,
        ...this.#samples(name as MetricName),
      ])
      .map((line) => `${line}\n`)
      .join('');
  }

  #samples(name: MetricName): string[] {
    if (name !== 'gofeatureflag_flag_evaluations_total') return [`${name} ${this.valueOf(name)}`];
    return [...this.#byFlag].map(([flag, value]) => `${name}{flag_name="${escaped(flag)}"} ${value}`);
  }
}

function escaped(label: string): string {
  return label
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
