type Mapping = Readonly<Record<string, unknown>>;

/** A document of flags as text that every reader of the format takes for the same. */
export function documentText(document: Mapping, format: 'yaml' | 'json'): string {
  if (format === 'json') return `${JSON.stringify(document, undefined, 2)}\n`;
  return Object.keys(document).length === 0 ? '{}\n' : blockText(document, '');
}

/** A mapping in block style; everything that is no mapping with members is JSON, which YAML understands. */
function blockText(mapping: Mapping, indent: string): string {
  return Object.entries(mapping)
    .map(([key, value]) => `${indent}${keyText(key)}:${valueText(value, indent)}`)
    .join('');
}

function valueText(value: unknown, indent: string): string {
  if (isListOfMappings(value)) return `\n${value.map((item) => itemText(item, `${indent}  `)).join('')}`;
  if (isMapping(value)) return `\n${blockText(value, `${indent}  `)}`;
  // queries are full of quotes
  const isPlain = typeof value === 'string' && value.includes('"') && /^[\x20-\x7e]*$/.test(value);
  return isPlain ? ` '${value.replaceAll("'", "''")}'\n` : ` ${scalarText(value)}\n`;
}

function itemText(item: Mapping, indent: string): string {
  return `${indent}- ${blockText(item, `${indent}  `).slice(indent.length + 2)}`;
}

/** Flow collections are JSON; quotes keep texts from being taken for anything else. */
function scalarText(value: unknown): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escaped);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Words that some readers of YAML take for a switch or for nothing. */
const ambiguous = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

function keyText(key: string): string {
  return /^[a-z_][\w-]*$/i.test(key) && !ambiguous.test(key) ? key : scalarText(key);
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function isListOfMappings(value: unknown): value is readonly Mapping[] {
  return Array.isArray(value) && value.length > 0 && value.every(isMapping);
}
