import type { Exchange } from '../exchange.ts';

const targets = [
  '/v1/feature/split/eval',
  '/v1/feature/no-such-flag/eval',
  '/v1/allflags',
  '/v1/flag/configuration',
  '/v1/data/collector',
  '/ofrep/v1/evaluate/flags/split',
  '/ofrep/v1/evaluate/flags/no-such-flag',
  '/ofrep/v1/evaluate/flags',
];

const good = '"evaluationContext":{"key":"u"},"context":{"targetingKey":"u"},"events":[],"flags":["split"]';

const nested = (depth: number): string => `{${good},"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;

const bodies: readonly string[] = [
  '{}',
  '',
  ' ',
  '\n',
  'null',
  'true',
  '1',
  '"x"',
  '[]',
  '[1]',
  '-',
  '-x',
  '01',
  '1.',
  '1.x',
  '1e',
  '1e+',
  '.5',
  '+1',
  'tru',
  'trux',
  'nul',
  'False',
  '{',
  '{"',
  '{"a',
  '{"a"',
  '{"a":',
  '{"a":1',
  '{"a":1,',
  '{"a":1,}',
  '{"a" 1}',
  '{a:1}',
  "{'a':1}",
  '{"a":1 "b":2}',
  '{,}',
  '{"a":,}',
  '[1',
  '[1,',
  '[1,]',
  '[,1]',
  '[1 2]',
  '{"a":"\n"}',
  '{"a":"\\x"}',
  '{"a":"\\u12"}',
  '{"a":"\\u12G4"}',
  '{"a":"\t"}',
  '\ufeff{}',
  '\u00a0{}',
  'é',
  '€',
  `{${good}}`,
  `{${good}} trailing`,
  `{${good}}{"x":1}`,
  `  \r\n\t{${good}}`,
  `{${good},"extra":{"deep":[1,{"a":null}]}}`,
  '\u0000',
  '\u007f',
  '{"\u0000":1}',
  '\\',
  '"\\',
  '{"EVALUATIONCONTEXT":{"KEY":"u"},"Context":{"targetingKey":"u"},"Events":[],"FLAGS":["split"]}',
  '{"evaluationcontext":{"key":"u","CUSTOM":{"n":1}},"CONTEXT":{},"EVENTS":[],"flags":null}',
  '{"evaluationContext":null,"context":null,"events":null,"flags":null,"user":null}',
  '{"evaluationContext":{},"context":{},"events":[null,{}],"flags":[null]}',
  '{"evaluationContext":{"key":null,"custom":null},"context":{"targetingKey":null},"events":[],"flags":[]}',
  '{"evaluationContext":{"key":5},"context":5,"events":5,"flags":5}',
  '{"evaluationContext":{"key":true},"context":true,"events":true,"flags":true}',
  '{"evaluationContext":"x","context":"x","events":"x","flags":"x"}',
  '{"evaluationContext":[],"context":[],"events":{},"flags":{}}',
  '{"evaluationContext":{"custom":[1]},"context":[1],"events":[1],"flags":[1]}',
  '{"evaluationContext":{"custom":"x"},"context":{},"events":[[]],"flags":[[]]}',
  '{"evaluationContext":{"key":{"a":1}},"user":{"key":1},"context":{},"events":["x"],"flags":["x",{}]}',
  '{"user":{"anonymous":"yes"},"context":{},"meta":[],"events":[]}',
  '{"user":{"key":["a"]},"context":{},"meta":"x","events":[]}',
  '{"user":{"custom":1},"context":{},"meta":1,"events":[]}',
  '{"evaluationContext":{"key":"u","custom":{"a":1e999}},"context":{"a":1e999},"events":[{"a":-1e999}],"flags":[]}',
  '{"defaultValue":1e999,"evaluationContext":{},"context":{},"events":[],"meta":{"x":[1e400]}}',
  '{"defaultValue":-0,"evaluationContext":{"key":"u"},"context":{},"events":[]}',
  '{"defaultValue":"\\ud800","evaluationContext":{"key":"\\udfff"},"context":{"targetingKey":"\\ud83d"},"events":[]}',
  '{"defaultValue":{"b":1.0,"a":12345678901234567890,"10":1e21,"9":1e-7,"<>&":"\u2028\u2029"},"evaluationContext":{},"context":{},"events":[]}',
  '{"evaluationContext":{"key":"u","custom":{"n":9007199254740993}},"context":{"n":1e30},"events":[]}',
  nested(100),
  nested(9_998),
  nested(9_999),
  nested(10_000),
  nested(10_001),
];

const mediaTypes = [
  'application/json; charset=utf-8',
  'application/json ; x=y',
  ' application/json',
  'APPLICATION/JSON',
  'application/json,text/plain',
  'text/plain',
  'text/json',
  'application/problem+json',
  '',
  'application/octet-stream',
  'json',
  ';',
  'application/json;',
];

function plain(): Exchange[] {
  return targets.flatMap((target) =>
    bodies.map((body, index) => ({ name: `body ${index} to ${target}`, method: 'POST', target, body })),
  );
}

function chunked(): Exchange[] {
  const some = ['', ' ', '{}', `{${good}}`, '{', 'x'];
  return targets.flatMap((target) =>
    some.map((body, index) => ({
      name: `chunked body ${index} to ${target}`,
      method: 'POST',
      target,
      body,
      isChunked: true,
    })),
  );
}

function typed(): Exchange[] {
  return targets.flatMap((target) =>
    [...mediaTypes.entries()].flatMap(([index, type]) =>
      [`{${good}}`, ''].map((body) => ({
        name: `media type ${index}${body === '' ? ', empty' : ''}, to ${target}`,
        method: 'POST',
        target,
        body,
        headers: [['Content-Type', type]] as const,
      })),
    ),
  );
}

function encoded(): Exchange[] {
  return targets.map((target) => ({
    name: `said to be compressed, to ${target}`,
    method: 'POST',
    target,
    body: `{${good}}`,
    headers: [['Content-Encoding', 'gzip']] as const,
  }));
}

const everything = ['status', 'headers', 'body'] as const;
const deepList = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

const tooDeep: readonly Exchange[] = [
  {
    name: 'a context of 200 levels',
    method: 'POST',
    target: '/ofrep/v1/evaluate/flags/split',
    body: `{"context":{"targetingKey":"u","deep":${deepList(200)}}}`,
    argued: { about: everything, why: 'in process and embedded, contexts deeper than 128 levels are INVALID_CONTEXT' },
  },
];

const deep: Exchange = {
  name: 'a default value of 9,900 levels',
  method: 'POST',
  target: '/v1/feature/no-such-flag/eval',
  body: `{"evaluationContext":{"key":"deep"},"defaultValue":${deepList(9_900)}}`,
};

/** Bodies good and bad, and what the headers say about them. */
export const bodyExchanges: readonly Exchange[] = [
  ...plain(),
  ...chunked(),
  ...typed(),
  ...encoded(),
  ...tooDeep,
  deep,
];
