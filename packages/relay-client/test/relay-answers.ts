import type { ServerResponse } from 'node:http';

/** Answers with JSON. */
export function json(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): (response: ServerResponse) => void {
  return (response) => {
    const body = value === undefined ? '' : JSON.stringify(value);
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
}

/** A good answer of the relay about a flag, which is on. */
export const flagIsOn: object = {
  trackEvents: true,
  variationType: 'on',
  failed: false,
  version: '',
  reason: 'STATIC',
  errorCode: '',
  value: true,
  cacheable: true,
};
