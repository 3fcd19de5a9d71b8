import { fnv1a } from '@halyard/core';
import { manifestEntry } from '../../answers/manifest.ts';
import type { Reply } from '../../answers/reply.ts';
import { jsonReply } from '../../answers/reply.ts';
import { fields, writeJson } from '../../json/write-json.ts';
import { bindBody } from '../../requests/bind-body.ts';
import type { ConfigurationBody } from '../../requests/configuration-request.ts';
import { configurationShape } from '../../requests/configuration-request.ts';
import { goDateText } from '../../answers/go-dates.ts';
import type { Call } from '../call.ts';
import { suppliedTo } from '../call.ts';
import type { ServedFlag, ServedFlags } from '../served-flags.ts';

function definitionsOf(flags: readonly ServedFlag[]): Record<string, unknown> {
  return Object.fromEntries(flags.map(({ key, definition }) => [key, definition]));
}

function wantedOf(flags: ServedFlags, { flags: wanted = [] }: ConfigurationBody): readonly ServedFlag[] {
  if (wanted.length === 0) return flags.all();
  return wanted.flatMap((key = '') => flags.find(key) ?? []);
}

/** `POST /v1/flag/configuration` (goff-relay-protocol §3.3). */
export async function flagConfiguration(call: Call): Promise<Reply> {
  const bound = await bindBody<ConfigurationBody>(call.request, configurationShape);
  if ('fault' in bound) {
    const errorDetails = `impossible to read request body: ${bound.fault.text}`;
    return jsonReply(400, fields({ errorCode: 'INVALID_REQUEST', errorDetails }));
  }
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  call.state.metrics.count('gofeatureflag_flag_configuration_total');
  const flags = wantedOf(supplied.flags, bound.value);
  const { enrichment, refreshedAt } = supplied.supply;
  const value = fields({
    flags: flags.length === 0 ? undefined : definitionsOf(flags),
    evaluationContextEnrichment: Object.keys(enrichment).length === 0 ? undefined : enrichment,
  });
  return {
    kind: 'json',
    status: 200,
    value,
    headers: [['Last-Modified', goDateText(refreshedAt)]],
    isTagged: true,
  };
}

/** `GET /v1/flag/change` (§3.4): hashes of the definitions as they are written. */
export function flagHashes(call: Call): Reply {
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  const flags = supplied.flags.all();
  const hashes = Object.fromEntries(flags.map(({ key, hash }) => [key, hash]));
  const hash = fnv1a(writeJson(definitionsOf(flags)));
  return { kind: 'json', status: 200, value: fields({ hash, flags: hashes }), isTagged: true };
}

/** `GET /openfeature/v0/manifest` (§3.6). */
export function manifest(call: Call): Reply {
  const supplied = suppliedTo(call);
  if ('refused' in supplied) return supplied.refused;
  call.state.metrics.count('gofeatureflag_get_manifest_total');
  const flags = supplied.flags.all().flatMap((flag) => manifestEntry(flag) ?? []);
  return { kind: 'json', status: 200, value: fields({ flags }), headers: [['X-Manifest-Capabilities', 'read']] };
}
