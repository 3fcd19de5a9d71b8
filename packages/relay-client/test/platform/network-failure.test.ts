import { HalyardError } from '@halyard/core';
import fc from 'fast-check';
import { networkFailure } from '../../src/platform/network-failure.ts';

const url = 'https://flags.example.com:8443/prefix/v1/x?apiKey=canary';
const request = { method: 'GET', url, headers: { authorization: 'Bearer canary-key' } } as const;
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
  const failure = networkFailure(error, request, true);
  expect([failure.code, failure.message]).toEqual([
    'NETWORK_FAILED',
    `https://flags.example.com:8443 cannot be reached: ${words}`,
  ]);
  expect(failure.details['origin']).toBe('https://flags.example.com:8443');
  expect(failure.cause).toBeUndefined();
});

test('only an end from the other side, before any answer, counts as unanswered', () => {
  for (const code of ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']) {
    expect(networkFailure(withCode(code, ''), request, true).details['unanswered']).toBe(true);
    expect(networkFailure(withCode(code, ''), request, false).details['unanswered']).toBeUndefined();
  }
  expect(networkFailure(withCode('ECONNREFUSED', ''), request, true).details['unanswered']).toBeUndefined();
});

test('an error that has a name already keeps it, and causes in circles come to an end', () => {
  const named = new HalyardError('RESPONSE_INVALID', 'x');
  expect(networkFailure(named, request, true)).toBe(named);
  const circle: { cause?: unknown; message: string } = { message: 'x' };
  circle.cause = circle;
  expect(networkFailure(circle, request, false).message).toMatch(/^the answer from https:\S+ broke off: /);
});

test.each([
  ['request to https://flags.example.com:8443/prefix/v1/x?apiKey=canary failed', '/prefix/v1/x?… failed'],
  ['no such parameter: canary', 'no such parameter: …'],
  ['{"authorization":"Bearer canary-key"} is refused', '{"authorization":"…"} is refused'],
  ['canary-key is no token', '… is no token'],
])('what a foreign message repeats of the request is hidden: %s', (message, words) => {
  for (const error of [new TypeError(message), new TypeError('fetch failed', { cause: new Error(message) })]) {
    const shown = networkFailure(error, request, true);
    expect(shown.message).toContain(words);
    expect(JSON.stringify(shown) + String(shown.stack)).not.toContain('canary');
  }
});

test('however it is written, what a request has in query, headers and body is hidden', () => {
  const word = fc.string({ minLength: 4, unit: fc.constantFrom(...Array.from('aZ0 +&%=/"\\é')) });
  const secrets = fc.record({ parameter: word, cookie: word, body: word });
  fc.assert(
    fc.property(secrets, ({ parameter, cookie, body }) => {
      const query = `?x=1&sig=${encodeURIComponent(parameter)}`;
      const sent = { method: 'POST', url: `https://a.example/x${query}`, headers: { cookie }, body } as const;
      for (const text of [sent.url, parameter, cookie, body, JSON.stringify(sent.headers)]) {
        const shown = networkFailure(new Error(`failed: <${text}>`), sent, true).message;
        expect(shown).toMatch(/failed: <.*…/);
      }
    }),
  );
});

test('a code that is no name is not shown', () => {
  const failure = networkFailure(withCode('token canary', 'no'), request, true);
  expect([failure.message, failure.details['reason']]).toEqual([expect.stringMatching(/: no$/), undefined]);
});
