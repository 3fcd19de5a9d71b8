import type { OptionRule } from '@halyard/core';
import { describeValue, HalyardError, optionRules } from '@halyard/core';
import type { LoadedFlags } from '../sources/source.ts';

const formats = ['yaml', 'json', 'toml'];

const aDocument: OptionRule = optionRules.ruleOf(
  'a document: { origin, format, text } or { origin, definitions }',
  (value) => {
    if (!optionRules.isPlainObject(value)) return false;
    if ('definitions' in value) return optionRules.isPlainObject(value['definitions']);
    return formats.includes(value['format'] as string) && typeof value['text'] === 'string';
  },
);

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

/**
 * What a source answered, if it is what sources may answer.
 *
 * @throws HalyardError `SOURCE_INVALID` that says what is wrong with the answer
 */
export function checkLoaded(name: string, answer: unknown, version: string | undefined): LoadedFlags | 'unchanged' {
  const refuse = (problem: string): never => {
    throw new HalyardError('SOURCE_INVALID', `${name} gave a wrong answer: ${problem}`);
  };
  if (answer === 'unchanged') return version === undefined ? refuse('"unchanged" before it gave any flags') : answer;
  if (typeof answer !== 'object' || answer === null) return refuse(`found ${describeValue(answer)}, expected flags`);
  const { version: given, documents, enrichment = {} } = answer as Partial<LoadedFlags>;
  if (!isText(given)) return refuse(`version: found ${describeValue(given)}, expected a text that is not empty`);
  if (!Array.isArray(documents)) return refuse(`documents: found ${describeValue(documents)}, expected a list`);
  if (!optionRules.isPlainObject(enrichment)) {
    return refuse(`enrichment: found ${describeValue(enrichment)}, expected an object of attributes`);
  }
  documents.forEach((document, index) =>
    aDocument.check(document, `documents[${index}]`, ({ path, found, expected }) =>
      refuse(`${path}: found ${found}, expected ${expected}`),
    ),
  );
  return answer as LoadedFlags;
}
