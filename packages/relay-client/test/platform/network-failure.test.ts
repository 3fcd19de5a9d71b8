import { HalyardError } from '@halyard/core';
import { networkFailure } from '../../src/platform/network-failure.ts';

const url = 'https://flags.example.com:8443/prefix/v1/x?apiKey=canary';
const withCode = (code: string, message: string): Error => Object.assign(new Error(message), { code });

test.each([
  [withCode('ENOTFOUND', 'getaddrinfo ENOTFOUND x'), 'there is no such host (ENOTFOUND)'],
  [withCode('EAI_AGAIN', 'getaddrinfo EAI_AGAIN x'), 'the host name could not be looked up (EAI_AGAIN)'],
  [withCode('UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error'), 'connecting took too long (UND_ERR_CONNECT_TIMEOUT)'],
  [withCode('CERT_HAS_EXPIRED', 'certificate has expired'), 'certificate has expired (CERT_HAS_EXPIRED)'],
  [
    new TypeError('fetch failed', { cause: withCode('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate') }),
    'self-signed certificate (DEPTH_ZERO_SELF_SIGNED_CERT)',
  ],
  [
    Object.assign(new AggregateError([withCode('ECONNREFUSED', '::1'), withCode('ECONNREFUSED', '127.0.0.1')]), {
      code: 'ECONNREFUSED',
    }),
    'the connection was refused (ECONNREFUSED)',
  ],
  [new TypeError('fetch failed', { cause: 'a text' }), 'a text'],
  ['thrown as a text', 'thrown as a text'],
  [undefined, 'undefined'],
  [{ code: 5, cause: null, errors: [] }, '[object Object]'],
])('%s is told with its cause', (error, words) => {
  const failure = networkFailure(error, url, true);
  expect([failure.code, failure.message]).toEqual([
    'NETWORK_FAILED',
    `https://flags.example.com:8443 cannot be reached: ${words}`,
  ]);
  expect(failure.details['origin']).toBe('https://flags.example.com:8443');
  expect(failure.cause).toBeUndefined();
});

test('only an end from the other side, before any answer, counts as unanswered', () => {
  for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) {
    expect(networkFailure(withCode(code, ''), url, true).details['unanswered']).toBe(true);
    expect(networkFailure(withCode(code, ''), url, false).details['unanswered']).toBeUndefined();
  }
  expect(networkFailure(withCode('ECONNREFUSED', ''), url, true).details['unanswered']).toBeUndefined();
});

test('an error that has a name already keeps it, and causes in circles come to an end', () => {
  const named = new HalyardError('RESPONSE_INVALID', 'x');
  expect(networkFailure(named, url, true)).toBe(named);
  const circle: { cause?: unknown; message: string } = { message: 'x' };
  circle.cause = circle;
  expect(networkFailure(circle, url, false).message).toMatch(/^the answer from https:\S+ broke off: /);
});
