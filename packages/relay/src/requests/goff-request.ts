import type { RecordShape, Shape } from '../json/shape.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** The subject of an evaluation as `/v1` requests give it (goff-relay-protocol §3.1). */
interface Subject {
  readonly key?: string;
  readonly custom?: Attributes;
}

/** What `/v1/allflags` is sent; `/v1/feature/…/eval` has the default as well. */
export interface GoffRequest {
  readonly evaluationContext?: Subject;
  readonly user?: Subject & { readonly anonymous?: boolean };
  readonly defaultValue?: unknown;
}

/** Who is asked about: the targeting key apart from the attributes. */
export interface Asker {
  readonly key: string;
  readonly attributes: Attributes;
}

/** @param base the path of the fields in messages: the relay embeds one request in the other */
function subjects(base: string): Record<'user' | 'evaluationContext', { path: string; shape: Shape }> {
  const common = (path: string): Record<string, { path: string; shape: Shape }> => ({
    key: { path: `${path}.key`, shape: { kind: 'text' } },
    custom: { path: `${path}.custom`, shape: { kind: 'attributes' } },
  });
  const user = `${base}user`;
  const context = `${base}evaluationContext`;
  const anonymous = { path: `${user}.anonymous`, shape: { kind: 'switch' } } as const;
  return {
    user: {
      path: user,
      shape: { kind: 'record', goType: 'model.UserRequest', fields: { ...common(user), anonymous } },
    },
    evaluationContext: {
      path: context,
      shape: { kind: 'record', goType: 'model.EvaluationContextRequest', fields: common(context) },
    },
  };
}

export const goffEvaluationShape: RecordShape = {
  kind: 'record',
  goType: 'model.EvalFlagRequest',
  fields: {
    ...subjects('AllFlagRequest.'),
    defaultValue: { path: 'defaultValue', shape: { kind: 'any' } },
  },
};

export const goffBulkShape: RecordShape = { kind: 'record', goType: 'model.AllFlagRequest', fields: subjects('') };

/** Who a request asks about; undefined if it does not say. The old `user` overwrites `anonymous` (§3.1). */
export function askerOf({ evaluationContext, user }: GoffRequest): Asker | undefined {
  if (evaluationContext !== undefined) {
    return { key: evaluationContext.key ?? '', attributes: evaluationContext.custom ?? {} };
  }
  if (user === undefined) return undefined;
  return { key: user.key ?? '', attributes: { ...user.custom, anonymous: user.anonymous ?? false } };
}
