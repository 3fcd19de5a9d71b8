import fc from 'fast-check';
import { decodeBody } from '../../src/json/decode-body.ts';
import { collectorShape } from '../../src/requests/collector-request.ts';
import { configurationShape } from '../../src/requests/configuration-request.ts';
import { goffBulkShape, goffEvaluationShape } from '../../src/requests/goff-request.ts';
import { ofrepShape } from '../../src/requests/ofrep-request.ts';
import type { RecordShape } from '../../src/json/shape.ts';

const decode = (text: string, shape: RecordShape): unknown => decodeBody(new TextEncoder().encode(text), shape);
const message = (text: string, shape: RecordShape): unknown => {
  const decoded = decode(text, shape) as { fault?: { message: string; internal: string } };
  return decoded.fault;
};

test('matches names in any case, and takes null as absent', () => {
  const body = '{"EvaluationContext":{"KEY":"u","cuſtom":{"A":1}},"user":null,"defaultVALUE":[null],"other":1}';
  expect(decode(body, goffEvaluationShape)).toEqual({
    value: { evaluationContext: { key: 'u', custom: { A: 1 } }, defaultValue: [null] },
  });
});

test.each([['null'], ['{}'], ['{"context":null}'], ['{} trailing'], ['{"x":[1e999]}']])(
  'takes %s as an empty object',
  (body) => {
    expect(decode(body, ofrepShape)).toEqual({ value: {} });
  },
);

test('keeps nulls in lists', () => {
  expect(decode('{"flags":["a",null]}', configurationShape)).toEqual({ value: { flags: ['a', undefined] } });
});

test('reads unpaired surrogates as Go does', () => {
  expect(decode(String.raw`{"context":{"\ud800":"\udc00","a":"\ud83d\ude00"}}`, ofrepShape)).toEqual({
    value: { context: { '\ufffd': '\ufffd', a: '😀' } },
  });
});

test('knows nothing of a byte order mark', () => {
  expect(message('\ufeff{}', ofrepShape)).toEqual({
    message: "Syntax error: offset=1, error=invalid character 'ï' looking for beginning of value",
    internal: "invalid character 'ï' looking for beginning of value",
  });
});

const inner = 'AllFlagRequest.evaluationContext.key';

test.each([
  [goffEvaluationShape, '{"evaluationContext":{"key":5}}', `expected=string, got=number, field=${inner}, offset=29`],
  [
    goffEvaluationShape,
    '{"evaluationContext": {"key":  [1]}}',
    `expected=string, got=array, field=${inner}, offset=32`,
  ],
  [goffBulkShape, '{"user":{"anonymous":"x"}}', 'expected=bool, got=string, field=user.anonymous, offset=24'],
  [goffBulkShape, '{"user":true}', 'expected=model.UserRequest, got=bool, field=user, offset=12'],
  [goffEvaluationShape, '[1]', 'expected=model.EvalFlagRequest, got=array, field=, offset=1'],
  [goffEvaluationShape, ' "x"', 'expected=model.EvalFlagRequest, got=string, field=, offset=4'],
  [configurationShape, '{"flags":["a",[1]]}', 'expected=string, got=array, field=flags, offset=15'],
  [configurationShape, '{"flags":"x"}', 'expected=[]string, got=string, field=flags, offset=12'],
  [collectorShape, '{"events":[null,1]}', 'expected=map[string]interface {}, got=number, field=events, offset=17'],
  [collectorShape, '{"meta":{"a":[{"b":-1e999}]}}', 'expected=float64, got=number -1e999, field=meta, offset=26'],
])('%# says what type is wrong, and where: %s', (shape, body, words) => {
  expect(message(body, shape)).toMatchObject({ message: `Unmarshal type error: ${words}` });
});

test('adds the words of the decoder itself', () => {
  expect(message('{"context":[1]}', ofrepShape)).toMatchObject({
    internal:
      'json: cannot unmarshal array into Go struct field OFREPEvalFlagRequest.context of type map[string]interface {}',
  });
  expect(message('5', ofrepShape)).toMatchObject({
    internal: 'json: cannot unmarshal number into Go value of type model.OFREPEvalFlagRequest',
  });
});

test('refuses a number exactly when no double holds it', () => {
  const digits = fc.oneof(
    fc.nat({ max: 99 }).map(String),
    fc.integer({ min: 290, max: 320 }).map((length) => '9'.repeat(length)),
    fc.constantFrom('0', '1797693134862315807', '1797693134862315808'),
  );
  const fraction = fc.constantFrom('', '.5', `.${'0'.repeat(310)}1`);
  const exponent = fc.oneof(
    fc.constant(''),
    fc
      .tuple(
        fc.constantFrom('e', 'E+', 'e-', 'e00'),
        fc.constantFrom(0, 1, 20, 290, 291, 300, 307, 308, 309, 619, 99_999),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.constantFrom('', '-'), digits, fraction, exponent, (...parts) => {
      const text = parts.join('');
      const isRefused = message(`{"context":{"a":[${text}]}}`, ofrepShape) !== undefined;
      expect({ text, isRefused }).toEqual({ text, isRefused: !Number.isFinite(Number(text)) });
    }),
    { numRuns: 2_000 },
  );
});

test('a long list of numbers costs no text for each, not even to say what is wrong beside it', () => {
  const decoded = jest.spyOn(TextDecoder.prototype, 'decode');
  const numbers = '123456,'.repeat(10_000);
  expect(message(`{"context":{"a":[${numbers}1]}}`, ofrepShape)).toBeUndefined();
  expect(message(`{"meta":{"a":[${numbers}1]},"events":1}`, collectorShape)).toMatchObject({
    message: expect.stringContaining('field=events') as string,
  });
  expect(decoded.mock.calls.length).toBeLessThan(20);
  decoded.mockRestore();
});
