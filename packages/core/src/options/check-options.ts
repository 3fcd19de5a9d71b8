import { HalyardError } from '../errors/halyard-error.ts';
import type { OptionFault, OptionRule } from './option-fault.ts';
import { anObjectOf } from './option-rules.ts';

/**
 * Checks the options of a constructor as a whole.
 *
 * @param owner whose options they are, for the message: `LocalProvider`
 * @param options what the user gave; undefined stands for no options
 * @throws HalyardError `CONFIG_INVALID` once, with every fault: its path, what was found, what was expected
 */
export function checkOptions(owner: string, options: unknown, rules: Readonly<Record<string, OptionRule>>): void {
  const faults: OptionFault[] = [];
  anObjectOf(rules).check(options === undefined ? {} : options, '', (fault) => faults.push(fault));
  if (faults.length > 0) throw invalidOptions(owner, faults);
}

/** The error that lists what is wrong with the options of `owner`. */
export function invalidOptions(owner: string, faults: readonly OptionFault[]): HalyardError {
  const lines = faults.map(
    ({ path, found, expected }) => `  ${path || 'options'}: found ${found}, expected ${expected}`,
  );
  return new HalyardError('CONFIG_INVALID', `${owner}: invalid options\n${lines.join('\n')}`, { details: { faults } });
}
