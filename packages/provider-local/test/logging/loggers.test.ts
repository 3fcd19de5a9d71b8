import type { Logger } from '@halyard/core';
import { lazyLogger } from '@halyard/core';
import type { PinoModule } from '@halyard/core/server';
import { pinoLogger } from '@halyard/core/server';
import { eventually, recordingLogger, settled } from '@halyard/testkit';
import { LocalProvider } from '../../src/index.ts';
import { switchedTo } from '../flag-definitions.ts';

test('a logger that throws costs nobody their flags', async () => {
  const fail = (): never => {
    throw new Error('disk full');
  };
  const logger = { error: fail, warn: fail, info: fail, debug: fail };
  const provider = new LocalProvider({ source: { flag: switchedTo(true), bad: {} }, logger });
  await provider.initialize();
  expect(provider.evaluate('flag', false).value).toBe(true);
  await provider.onClose();
});

test('a lazy logger is loaded with the first message and keeps their order', async () => {
  const real = recordingLogger();
  const load = jest.fn(async (): Promise<Logger> => real);
  const logger = lazyLogger(load);
  expect(load).not.toHaveBeenCalled();
  logger.info('one');
  logger.warn('two');
  await settled();
  logger.error('three');
  expect(real.entries.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'info one',
    'warn two',
    'error three',
  ]);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a logger that cannot be loaded is done without', async () => {
  const logger = lazyLogger(() => Promise.reject(new Error('not installed')));
  logger.info('one');
  await settled();
  expect(() => logger.info('two')).not.toThrow();
});

const load = (): Promise<PinoModule> => import('pino');

test('pino writes JSON lines of its level, with credentials and contexts blotted out', async () => {
  const lines: string[] = [];
  const logger = pinoLogger({
    name: 'test',
    level: 'info',
    load,
    destination: { write: (line) => void lines.push(line) },
  });
  logger.debug('not shown');
  logger.info('shown', { apiKey: 'canary', inner: { token: 'canary', context: { id: 'canary' } }, kept: 'kept' });
  logger.error('failed', new Error('the cause'));
  await eventually('both lines', () => lines.length === 2);
  expect(lines.join('')).not.toContain('canary');
  const [shown, failed] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(shown).toMatchObject({ name: 'test', level: 30, msg: 'shown', details: [{ kept: 'kept' }] });
  expect(failed).toMatchObject({ level: 50, msg: 'failed', err: { message: 'the cause' } });
});

test('pino at debug shows everything', async () => {
  const lines: string[] = [];
  const logger = pinoLogger({
    name: 'test',
    level: 'debug',
    load,
    destination: { write: (line) => void lines.push(line) },
  });
  logger.debug('shown');
  await eventually('the line', () => lines.length === 1);
});

test('a logger whose methods reject or whose loading ends in a throw crashes nothing', async () => {
  const rejects = (): Promise<void> => Promise.reject(new Error('disk full'));
  const logger = { error: rejects, warn: rejects, info: rejects, debug: rejects };
  const provider = new LocalProvider({ source: { flag: switchedTo(true) }, logger });
  await provider.initialize();
  await provider.onClose();
  const failing = lazyLogger(async () => ({
    ...recordingLogger(),
    info: () => {
      throw new Error('disk full');
    },
  }));
  failing.info('one');
  await settled();
});
