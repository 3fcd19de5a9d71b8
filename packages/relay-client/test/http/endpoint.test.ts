import { isHalyardError } from '@halyard/core';
import { anEndpoint, parseEndpoint, streamUrl, webSocketUrl } from '../../src/index.ts';

test.each([
  ['http://localhost:1031', 'http://localhost:1031', 'http://localhost:1031'],
  ['http://localhost:1031/', 'http://localhost:1031', 'http://localhost:1031'],
  ['HTTPS://Flags.Example.com:443/relay//', 'https://flags.example.com', 'https://flags.example.com/relay'],
  ['http://[::1]:80/a/../b/', 'http://[::1]', 'http://[::1]/b'],
  [new URL('https://flags.example.com/team%20a/'), 'https://flags.example.com', 'https://flags.example.com/team%20a'],
])('%s is an endpoint', (value, origin, href) => {
  expect(parseEndpoint(value)).toEqual({ origin, href });
});

test.each([
  ['localhost:1031', 'the scheme "localhost:"'],
  ['ftp://host', 'the scheme "ftp:"'],
  ['file:///etc/flags', 'the scheme "file:"'],
  ['http://user:canary@host', 'an address with a user name or password'],
  ['http://canary@host', 'an address with a user name or password'],
  ['http://host?apiKey=canary', 'an address with a query'],
  ['http://host/#canary', 'an address with a fragment'],
  ['canary', 'a text that is none'],
  ['', 'a text that is none'],
  ['http://', 'a text that is none'],
  [5, '5'],
  [null, 'null'],
])('%p is no endpoint, and what is said about it shows no secret', (value, found) => {
  const faults: unknown[] = [];
  anEndpoint.check(value, 'endpoint', (fault) => faults.push(fault));
  const expected = 'an http:// or https:// address, optionally with a path';
  expect(faults).toEqual([{ path: 'endpoint', found, expected }]);
  const failure = failureOf(() => parseEndpoint(value as string));
  expect(isHalyardError(failure) && failure.code).toBe('CONFIG_INVALID');
  expect(JSON.stringify(failure) + String(failure)).not.toContain('canary');
});

function failureOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

test('addresses of streams hold the key where every server understands it', () => {
  const endpoint = parseEndpoint('https://host/relay/');
  expect(streamUrl(endpoint, '/stream', 'a+b &/é')).toBe('https://host/relay/stream?apiKey=a%2Bb%20%26%2F%C3%A9');
  expect(webSocketUrl(endpoint, '/stream', undefined)).toBe('wss://host/relay/stream');
  expect(webSocketUrl(parseEndpoint('http://http.example'), '/s', undefined)).toBe('ws://http.example/s');
});
