import type { Exchange } from '../exchange.ts';

const feature = {
  kind: 'feature',
  contextKind: 'user',
  userKey: 'u',
  creationDate: 1_700_000_000,
  key: 'f',
  variation: 'A',
  value: { b: 1, a: '<x>' },
  default: false,
  version: '1',
  source: 'X',
};
const tracking = {
  kind: 'tracking',
  contextKind: 'anonymousUser',
  userKey: 'u',
  creationDate: 1_700_000_000,
  key: 't',
  evaluationContext: { targetingKey: 'u', n: 1 },
  trackingEventDetails: { value: 1.5 },
};

const wrongs: readonly Record<string, unknown>[] = [
  { default: 'x' },
  { default: 1 },
  { default: null },
  { version: 1 },
  { version: null },
  { creationDate: 'x' },
  { creationDate: 1.9 },
  { creationDate: -1.5 },
  { creationDate: 1_700_000_000_123 },
  { creationDate: 99_999_999_999_999 },
  { creationDate: null },
  { creationDate: true },
  { userKey: 1 },
  { userKey: null },
  { kind: 1 },
  { kind: 'custom' },
  { kind: 'Tracking' },
  { kind: '' },
  { kind: null },
  { contextKind: 1 },
  { contextKind: '' },
  { key: 1 },
  { key: null },
  { variation: 1 },
  { value: null },
  { source: '' },
  { source: 1 },
  { metadata: 'x' },
  { metadata: { own: 1 } },
  { metadata: {} },
  { metadata: null },
  { unknown: 1 },
  { userKey: undefined, USERKEY: 'v' },
  { trackingEventDetails: 'x' },
  { default: [] },
  { trackingEventDetails: null },
  { evaluationContext: [] },
  { evaluationContext: null },
  { value: undefined },
  { metadata: [] },
  { userKey: true },
  { userKey: [] },
  { default: '' },
  { default: [true] },
  { creationDate: [] },
  { creationDate: {} },
  { version: {} },
  { value: [{ x: null }] },
];

/** What the collector may be sent: one event at a time, right but for one property. */
const collectedEvents: readonly Record<string, unknown>[] = [
  feature,
  tracking,
  {},
  ...wrongs.map((wrong) => ({ ...feature, ...wrong })),
  ...wrongs.map((wrong) => ({ ...tracking, ...wrong })),
];

const metas: readonly unknown[] = [undefined, null, {}, { provider: 'test', n: 1, nested: { a: [1] } }];

/** Events alone and together, with and without metadata. Always answered with their number. */
export const collectorExchanges: readonly Exchange[] = [
  ...collectedEvents.map((event, index) => ({ events: [event], name: `event ${index}` })),
  ...metas.map((meta, index) => ({
    events: [feature, tracking, { ...feature, metadata: { own: 1 } }],
    meta,
    name: `meta ${index}`,
  })),
].map(({ name, ...request }) => ({
  name,
  method: 'POST',
  target: '/v1/data/collector',
  body: JSON.stringify(request),
}));
