import type { EvaluationContext } from '../../../context/evaluation-context.ts';
import { userIdText } from '../model/read-rule.ts';

const idAttributes = ['targetingKey', 'user_id', 'userId', 'id'] as const;

/** The attribute that holds the user id (rulesets §2); undefined if none does. */
export function userIdAttribute(context: EvaluationContext): string | undefined {
  return idAttributes.find((name) => isUserId(context[name]));
}

function isUserId(value: unknown): value is string | number {
  return typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' && value !== '';
}

/**
 * The user id as text, `""` if there is none. It is read from the caller's own context: what enriches every context
 * says nothing about one user.
 */
export function userIdOf(context: EvaluationContext): string {
  // nearly every context has it here, and a loop would cost as much as the rest
  const key: unknown = context.targetingKey;
  if (typeof key === 'string' && key !== '') return key;
  const name = userIdAttribute(context);
  return name === undefined ? '' : userIdText(context[name] as string | number);
}
