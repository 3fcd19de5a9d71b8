/** So many flags are counted apart. */
const MOST_FLAGS = 10_000;
/** Counts all others together. No flag that is asked for has this key; to Prometheus it is no label at all. */
const NO_FLAG = '';

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

  /** @param flag the key of a flag that exists; undefined for whatever else was asked for: anybody can make up keys */
  countEvaluation(flag: string | undefined): void {
    const isApart = flag !== undefined && (this.#byFlag.has(flag) || this.#byFlag.size < MOST_FLAGS);
    const label = isApart ? flag : NO_FLAG;
    this.#byFlag.set(label, (this.#byFlag.get(label) ?? 0) + 1);
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
