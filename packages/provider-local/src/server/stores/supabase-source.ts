import type { OptionRule } from '@halyard/core';
import { checkOptions, optionRules, systemClock } from '@halyard/core';
import { SupabaseSource } from '../../engine/sources/supabase-source.ts';
import type { SupabaseClient } from '../../engine/sources/supabase-table.ts';
import { nodeDigest } from '../../platform/node/node-digest.ts';
import type { Source } from '../../sources/source.ts';
import { supabaseAddress } from '../../sources/stores/client-address.ts';
import type { RemoteSourceOptions } from '../remote-source-options.ts';
import { remoteSourceDefaults, remoteSourceRules } from '../remote-source-options.ts';

/** The options of {@link supabaseSource}. */
export interface SupabaseSourceOptions extends RemoteSourceOptions {
  /** A client of `@supabase/supabase-js`. */
  readonly client: SupabaseClient;
  /** With the columns `name` (text), `ruleset` (jsonb) and `updated_at` (timestamptz). Default `'flag_rulesets'`. */
  readonly table?: string;
  /** The schema that the client uses, for notices. Default `'public'`. */
  readonly schema?: string;
  /** Whether to listen for changes, where the project has realtime turned on for the table. Default true. */
  readonly realtime?: boolean;
}

const rules: Readonly<Record<keyof SupabaseSourceOptions, OptionRule>> = {
  ...remoteSourceRules,
  client: optionRules.required(optionRules.withMethods('a client of @supabase/supabase-js', ['from'])),
  table: optionRules.aText,
  schema: optionRules.aText,
  realtime: optionRules.aBoolean,
};

/**
 * Rulesets, or flags by key, in a table of Supabase. A poll asks for names and times, and for the rest only if these
 * differ; whoever writes a row sets its `updated_at`.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function supabaseSource(options: SupabaseSourceOptions): Source {
  checkOptions('supabaseSource', options, rules);
  const { client, table = 'flag_rulesets', schema = 'public', realtime: isRealtime = true } = options;
  const topic = `halyard-${table}-${Math.random().toString(36).slice(2)}`;
  const platform = { clock: systemClock, digest: nodeDigest, address: supabaseAddress(client) };
  return new SupabaseSource({
    ...remoteSourceDefaults(options),
    ...platform,
    client,
    table,
    schema,
    isRealtime,
    topic,
  });
}
