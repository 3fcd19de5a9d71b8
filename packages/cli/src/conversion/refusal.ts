import type { DocumentPath } from '@halyard/core';

/** Why something cannot be converted, and where it stands in the document that was given. */
export interface Refusal {
  readonly path: DocumentPath;
  readonly message: string;
}

/** What is taken for granted about contexts, and what may change. */
export interface ConversionTerms {
  /** Whether contexts name their users by a text in `targetingKey`, and by no other attribute that rulesets look at. */
  readonly usersByTargetingKey: boolean;
  /** Whether variants may be called differently afterwards. */
  readonly renameVariants: boolean;
}

/** Gathers why a document cannot be converted, and what is lost without changing an answer. */
export class Reservations {
  readonly refusals: Refusal[] = [];
  readonly losses: Refusal[] = [];

  refuse(path: DocumentPath, message: string): void {
    this.refusals.push({ path, message });
  }

  lose(path: DocumentPath, message: string): void {
    this.losses.push({ path, message });
  }

  /** Refuses what goes by the user, unless it is known that both dialects find the same one. */
  refuseUsers(path: DocumentPath, terms: ConversionTerms): void {
    if (terms.usersByTargetingKey) return;
    const message = 'the user is targetingKey, user_id, userId or id in rulesets, and targetingKey alone in flags';
    this.refuse(path, `${message}: say --targeting-key-only if no context names its user otherwise`);
  }
}
