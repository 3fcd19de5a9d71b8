import { Fields, fields } from '../json/write-json.ts';

type Written = Readonly<Record<string, unknown>>;

/** Parts of a definition whose properties have a fixed order; everything else in it is sorted. */
function asFields(written: unknown, inner: Readonly<Record<string, (value: unknown) => unknown>> = {}): unknown {
  if (typeof written !== 'object' || written === null) return written;
  return new Fields(Object.entries(written).map(([name, value]) => [name, inner[name]?.(value) ?? value]));
}

const rollout = (value: unknown): unknown => asFields(value, { initial: asFields, end: asFields });
const rule = (value: unknown): unknown => asFields(value, { progressiveRollout: rollout });
const listOf =
  (part: (value: unknown) => unknown) =>
  (value: unknown): unknown =>
    (value as readonly unknown[]).map(part);
const parts = { targeting: listOf(rule), defaultRule: rule, experimentation: (value: unknown) => asFields(value) };

/** A definition that `writtenFlag` gave, ready to be written byte for byte as the relay does. */
export function definitionFields(written: Written): Fields {
  const steps = (step: unknown): unknown => definitionFields(step as Written);
  return asFields(written, { ...parts, scheduledRollout: listOf(steps) }) as Fields;
}

/** One flag that is different. */
export interface DefinitionChange {
  readonly flag: string;
  readonly before: Fields | undefined;
  readonly after: Fields | undefined;
}

/** What the change streams push (goff-relay-protocol §5.1). */
export function changeMessage(changes: readonly DefinitionChange[]): Fields {
  const mapped = (entries: [string, unknown][]): Record<string, unknown> => Object.fromEntries(entries);
  return fields({
    deleted: mapped(changes.flatMap(({ flag, before, after }) => (after === undefined ? [[flag, before]] : []))),
    added: mapped(changes.flatMap(({ flag, before, after }) => (before === undefined ? [[flag, after]] : []))),
    updated: mapped(
      changes.flatMap(({ flag, before, after }) =>
        before === undefined || after === undefined ? [] : [[flag, fields({ old_value: before, new_value: after })]],
      ),
    ),
  });
}
