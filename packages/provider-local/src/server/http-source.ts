import type { OptionFault, OptionRule } from '@halyard/core';
import { checkOptions, invalidOptions, optionRules, systemClock } from '@halyard/core';
import type { NodeTransportOptions } from '@halyard/relay-client/server';
import { nodeTransport, nodeTransportRules } from '@halyard/relay-client/server';
import type { HttpHeaders } from '../engine/sources/http-source.ts';
import { areHeaders, HttpSource } from '../engine/sources/http-source.ts';
import { nodeDigest } from '../platform/node/node-digest.ts';
import type { HttpTarget } from '../sources/http/http-target.ts';
import { httpTarget } from '../sources/http/http-target.ts';
import type { DocumentFormat, Source } from '../sources/source.ts';
import type { RemoteSourceOptions } from './remote-source-options.ts';
import { aFormat, remoteSourceDefaults, remoteSourceRules } from './remote-source-options.ts';

/** The options of {@link httpSource}; each has a default. Durations are in milliseconds. */
export interface HttpSourceOptions extends RemoteSourceOptions {
  /** Go with every request, and stay at the address's origin: texts by name, or a function that returns them. */
  readonly headers?: HttpHeaders;
  /** How the document is written. Default: as the content type says, else the extension. */
  readonly format?: DocumentFormat;
  /** The largest document that is read, in bytes. Default 16 MiB. */
  readonly maxBytes?: number;
  /** Sends the requests: a `fetch` or a dispatcher of `undici`. Default: over kept connections. */
  readonly http?: Pick<NodeTransportOptions, 'fetch' | 'dispatcher'>;
}

const someHeaders: OptionRule = {
  expected: 'an object of texts by header name, or a function that returns one',
  check(value, path, report) {
    if (typeof value === 'function' || (optionRules.isPlainObject(value) && areHeaders(value))) return;
    // what was found may be a secret
    report({ path, found: 'something else', expected: someHeaders.expected });
  },
};

const { fetch, dispatcher } = nodeTransportRules;

const rules: Readonly<Record<keyof HttpSourceOptions, OptionRule>> = {
  ...remoteSourceRules,
  headers: someHeaders,
  format: aFormat,
  maxBytes: optionRules.aCount(1),
  http: optionRules.anObjectOf({ fetch, dispatcher }),
};

/**
 * Flags in a document at an http or https address. It is asked every minute whether it has changed (`ETag`, else
 * `Last-Modified`). Redirects are followed within the origin only. The query of the address and the headers appear in
 * no message.
 *
 * @throws HalyardError `CONFIG_INVALID` with every fault of the options
 */
export function httpSource(url: string | URL, options: HttpSourceOptions = {}): Source {
  checkOptions('httpSource', options, rules);
  const { headers = {}, format, maxBytes, http } = options;
  return new HttpSource({
    ...remoteSourceDefaults(options),
    target: targetOf(url),
    ...{ headers, format },
    transport: nodeTransport({ ...http, ...(maxBytes !== undefined && { maxBodyBytes: maxBytes }) }),
    clock: systemClock,
    digest: nodeDigest,
    fingerprint: nodeDigest(JSON.stringify([String(url), typeof headers === 'function' ? '' : headers])),
  });
}

function targetOf(url: string | URL): HttpTarget {
  const faults: OptionFault[] = [];
  const target = httpTarget(url, (fault) => faults.push(fault));
  if (target === undefined) throw invalidOptions('httpSource', faults);
  return target;
}
