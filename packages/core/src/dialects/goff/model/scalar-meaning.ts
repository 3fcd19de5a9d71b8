import type { DocumentPath } from '../../../diagnostics/diagnostic.ts';
import type { ScalarMeaning } from '../../dialect.ts';

const bodyMeanings: Readonly<Record<string, ScalarMeaning>> = {
  version: 'text',
  bucketingKey: 'text',
  date: 'date',
  disable: 'switch',
  trackEvents: 'switch',
};
const ruleMeanings: Readonly<Record<string, ScalarMeaning>> = {
  name: 'text',
  query: 'text',
  variation: 'text',
  disable: 'switch',
};
const rolloutEndMeanings: Readonly<Record<string, ScalarMeaning>> = { variation: 'text', date: 'date' };

function ofName(meanings: Readonly<Record<string, ScalarMeaning>>, name: unknown): ScalarMeaning {
  return typeof name === 'string' && Object.hasOwn(meanings, name) ? (meanings[name] as ScalarMeaning) : 'by looks';
}

/** What the model wants at a place of a flag (goff-evaluation §2, §14): texts keep their text whatever they look like. */
export function meaningOf(path: DocumentPath): ScalarMeaning {
  const inBody = path[0] === 'scheduledRollout' && path.length > 2 ? path.slice(2) : path;
  if (inBody.length === 1) return ofName(bodyMeanings, inBody[0]);
  if (inBody[0] === 'experimentation' && inBody.length === 2) return 'date';
  const inRule =
    inBody[0] === 'defaultRule' ? inBody.slice(1) : inBody[0] === 'targeting' ? inBody.slice(2) : undefined;
  if (inRule === undefined) return 'by looks';
  if (inRule.length === 1) return ofName(ruleMeanings, inRule[0]);
  return inRule[0] === 'progressiveRollout' && inRule.length === 3 ? ofName(rolloutEndMeanings, inRule[2]) : 'by looks';
}
