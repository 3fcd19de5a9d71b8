import { isHalyardError } from '../../src/errors/halyard-error.ts';
import { checkOptions } from '../../src/options/check-options.ts';
import { aBoolean, aDuration, anObjectOf, oneOf } from '../../src/options/option-rules.ts';

const rules = {
  timeoutMs: aDuration(1),
  mode: oneOf('serve', 'fail'),
  debug: aBoolean,
  retry: anObjectOf({ baseMs: aDuration(0) }),
};

function faultsOf(options: unknown): unknown {
  try {
    checkOptions('Thing', options, rules);
  } catch (error) {
    if (!isHalyardError(error)) throw error;
    expect(error.code).toBe('CONFIG_INVALID');
    return error.details['faults'];
  }
  return undefined;
}

test('right options pass, and so do none', () => {
  expect(faultsOf(undefined)).toBeUndefined();
  expect(faultsOf({})).toBeUndefined();
  expect(faultsOf({ timeoutMs: 5, mode: 'fail', debug: undefined, retry: { baseMs: 0 } })).toBeUndefined();
});

test('one error lists every fault with path, found and expected', () => {
  expect(faultsOf({ timeoutMs: '5', mode: 'serv', debug: 1, retry: { baseMs: 2 ** 31 }, tiemoutMs: 1 })).toEqual([
    { path: 'timeoutMs', found: '"5"', expected: 'a whole number of milliseconds from 1 to 2147483647' },
    { path: 'mode', found: '"serv"', expected: 'one of "serve", "fail"' },
    { path: 'debug', found: '1', expected: 'true or false' },
    { path: 'retry.baseMs', found: '2147483648', expected: 'a whole number of milliseconds from 0 to 2147483647' },
    { path: 'tiemoutMs', found: 'an unknown option', expected: 'the option "timeoutMs"' },
  ]);
});

test('an unknown option that resembles none is answered with all there are', () => {
  expect(faultsOf({ zzz: 1 })).toEqual([
    { path: 'zzz', found: 'an unknown option', expected: 'one of the options timeoutMs, mode, debug, retry' },
  ]);
});

test.each([[null], [5], ['text'], [[]], [new Date()]])('%p is no options object', (options) => {
  expect(faultsOf(options)).toEqual([{ path: '', found: expect.any(String), expected: 'an object of options' }]);
});
