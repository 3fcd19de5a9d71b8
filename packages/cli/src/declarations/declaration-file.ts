import type { FlagKind } from '@halyard/core';
import type { FlagKinds } from './flag-kinds.ts';

const kinds: readonly { readonly kind: FlagKind; readonly name: string; readonly type: string }[] = [
  { kind: 'boolean', name: 'Boolean', type: 'boolean' },
  { kind: 'string', name: 'String', type: 'string' },
  { kind: 'number', name: 'Number', type: 'number' },
  { kind: 'object', name: 'Object', type: 'JsonValue' },
];

/**
 * A declaration file with the keys of flags as types. The same flags give the same text.
 *
 * @param sources what the flags come from, in a few words
 */
export function declarationFile(flags: FlagKinds, sources: readonly string[]): string {
  const unions = kinds.map(({ kind, name }) => {
    const keys = [...flags].filter(([, known]) => known.has(kind)).map(([key]) => key);
    return `/** The flags that answer ${kind} requests. */\nexport type ${name}Flag = ${unionOf(keys)};`;
  });
  return `${[
    headerOf(sources),
    "import type { JsonValue } from '@openfeature/core';",
    unions.join('\n\n'),
    '/** All flags that can be asked for. */\nexport type Flag = BooleanFlag | StringFlag | NumberFlag | ObjectFlag;',
    valuesOf(flags),
    typedClient,
    augmentation,
  ].join('\n\n')}\n`;
}

function headerOf(sources: readonly string[]): string {
  return [
    `// Made by \`halyard types\` from ${sources.map(lineText).join(', ')}. Do not edit: make it anew when the flags change.`,
    '// OpenFeature declares the types at the end itself, as any text: compile with "skipLibCheck": true.',
  ].join('\n');
}

/** Nothing in a name may end the comment that it stands in. */
function lineText(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ');
}

function unionOf(keys: readonly string[]): string {
  if (keys.length === 0) return 'never';
  if (keys.length === 1) return literal(keys[0] as string);
  return keys.map((key) => `\n  | ${literal(key)}`).join('');
}

/** A text as a literal of TypeScript, whatever is in it. */
function literal(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`;
}

function valuesOf(flags: FlagKinds): string {
  const lines = [...flags]
    .filter(([, known]) => known.size > 0)
    .map(([key, known]) => {
      const types = kinds.filter(({ kind }) => known.has(kind)).map(({ type }) => type);
      return `  ${literal(key)}: ${types.join(' | ')};\n`;
    });
  return `/** The type of each flag's value. */\nexport interface FlagValues {\n${lines.join('')}}`;
}

const typedClient = `/** The keys that a method of an OpenFeature client takes. */
export type FlagOf<Method> = Method extends \`getBoolean\${string}\`
  ? BooleanFlag
  : Method extends \`getString\${string}\`
    ? StringFlag
    : Method extends \`getNumber\${string}\`
      ? NumberFlag
      : ObjectFlag;

/** An OpenFeature client that takes these flags only: \`const client: TypedClient<Client> = OpenFeature.getClient()\`. */
export type TypedClient<C> = {
  [Method in keyof C]: Method extends \`get\${'Boolean' | 'String' | 'Number' | 'Object'}\${'Value' | 'Details'}\`
    ? C[Method] extends (flagKey: never, ...rest: infer Rest) => infer Answer
      ? (flagKey: FlagOf<Method>, ...rest: Rest) => Answer
      : C[Method]
    : C[Method];
};`;

const augmentation = `declare module '@openfeature/core' {
${kinds.map(({ name }) => `  export type ${name}FlagKey = ${name}Flag;`).join('\n')}
}`;
