import { rfc3339Text } from '../../../time/rfc3339.ts';
import type { FlagDefinition } from '../../dialect.ts';
import * as names from './property-names.ts';
import type { PropertyNames } from './property-names.ts';
import { ValueReader } from './value-reader.ts';

type Properties = Readonly<Record<string, unknown>>;
type Written = Record<string, unknown>;

/** Leaves out what is absent. The properties keep the order in which the relay writes them. */
function present(properties: Properties): Written {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/**
 * A definition as GO Feature Flag's relay writes it back (goff-relay-protocol §3.3): properties under their right
 * names and in the relay's order, absent and unknown ones left out, dates normalised. Does not validate: for a flag
 * that the relay refuses the answer means nothing.
 *
 * @returns undefined if it is no object
 */
export function writtenFlag({ definition, naming }: FlagDefinition): Readonly<Record<string, unknown>> | undefined {
  return new FlagWriter(new ValueReader(() => undefined, naming)).flag(definition, names.flagProperties);
}

class FlagWriter {
  readonly #read: ValueReader;

  constructor(read: ValueReader) {
    this.#read = read;
  }

  flag(definition: unknown, known: PropertyNames): Written | undefined {
    const flag = this.#properties(definition, known);
    return (
      flag &&
      present({
        variations: this.#mapping(flag['variations']),
        targeting: this.#list(flag, 'targeting')?.map((rule) => this.#rule(rule) ?? {}),
        bucketingKey: this.#read.text(flag, 'bucketingKey', undefined),
        defaultRule: this.#rule(flag['defaultRule']),
        experimentation: this.#dated(flag['experimentation'], names.experimentationProperties, ['start', 'end']),
        scheduledRollout: this.#list(flag, 'scheduledRollout')?.map((step) => this.#step(step)),
        trackEvents: this.#read.boolean(flag, 'trackEvents', undefined),
        disable: this.#read.boolean(flag, 'disable', undefined),
        version: this.#read.text(flag, 'version', undefined),
        metadata: this.#mapping(flag['metadata']),
      })
    );
  }

  #step(definition: unknown): Written {
    const step = this.#properties(definition, names.stepProperties) ?? {};
    return present({ ...this.flag(definition, names.stepProperties), date: this.#date(step['date']) });
  }

  #rule(definition: unknown): Written | undefined {
    const rule = this.#properties(definition, names.ruleProperties);
    return (
      rule &&
      present({
        name: this.#read.text(rule, 'name', undefined),
        query: this.#read.text(rule, 'query', undefined),
        variation: this.#read.text(rule, 'variation', undefined),
        percentage: this.#percentage(rule['percentage']),
        progressiveRollout: this.#rollout(rule['progressiveRollout']),
        disable: this.#read.boolean(rule, 'disable', undefined),
      })
    );
  }

  #percentage(definition: unknown): Written | undefined {
    const shares = this.#mapping(definition);
    return shares && Object.fromEntries(Object.entries(shares).map(([name, share]) => [name, share ?? 0]));
  }

  #rollout(definition: unknown): Written | undefined {
    const rollout = this.#properties(definition, names.rolloutProperties);
    return rollout && present({ initial: this.#rolloutEnd(rollout['initial']), end: this.#rolloutEnd(rollout['end']) });
  }

  #rolloutEnd(definition: unknown): Written | undefined {
    const end = this.#properties(definition, names.rolloutEndProperties);
    return (
      end &&
      present({
        variation: this.#read.text(end, 'variation', undefined),
        percentage: this.#read.number(end, 'percentage', undefined),
        date: this.#date(end['date']),
      })
    );
  }

  #dated(definition: unknown, known: PropertyNames, order: readonly string[]): Written | undefined {
    const given = this.#properties(definition, known);
    return given && present(Object.fromEntries(order.map((name) => [name, this.#date(given[name])])));
  }

  #date(value: unknown): string | undefined {
    return typeof value === 'string' ? rfc3339Text(value) : undefined;
  }

  #properties(definition: unknown, known: PropertyNames): Properties | undefined {
    return this.#read.properties(definition, known, undefined);
  }

  #mapping(value: unknown): Properties | undefined {
    return this.#read.mapping(value, undefined);
  }

  #list(from: Properties, name: string): readonly unknown[] | undefined {
    return this.#read.list(from, name, undefined);
  }
}
