import type { RecordShape } from '../json/shape.ts';

/** What `/v1/flag/configuration` is sent (goff-relay-protocol §3.3). A null in the list is an empty key. */
export interface ConfigurationBody {
  readonly flags?: readonly (string | undefined)[];
}

export const configurationShape: RecordShape = {
  kind: 'record',
  goType: 'controller.FlagConfigurationRequest',
  fields: { flags: { path: 'flags', shape: { kind: 'list', goType: '[]string', of: { kind: 'text' } } } },
};
