import { isPlainObject } from '../../options/option-rules.ts';
import type { DocumentMembers } from '../dialect.ts';

const flagMarks: ReadonlySet<string> = new Set([
  'variations',
  'targeting',
  'defaultrule',
  'experimentation',
  'scheduledrollout',
  'bucketingkey',
  'trackevents',
  'disable',
]);

/** Whether a member of a document has a property that only a GO Feature Flag flag has. */
export function isGoffShaped(members: DocumentMembers): boolean {
  for (const { definition } of members.values()) {
    if (isPlainObject(definition) && Object.keys(definition).some((name) => flagMarks.has(name.toLowerCase()))) {
      return true;
    }
  }
  return false;
}
