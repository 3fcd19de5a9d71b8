/** What a query says about a name; `+` is a space, of several values the first counts, broken ones are left out. */
export function queryParameter(target: string, name: string): string | undefined {
  const start = target.indexOf('?');
  if (start < 0) return undefined;
  for (const part of target.slice(start + 1).split('&')) {
    if (part === '' || part.includes(';')) continue;
    const equals = part.indexOf('=');
    const given = unescaped(equals < 0 ? part : part.slice(0, equals));
    const value = unescaped(equals < 0 ? '' : part.slice(equals + 1));
    if (given === name && value !== undefined) return value;
  }
  return undefined;
}

/** Whether a query has a name, with whatever value. */
export function hasQueryParameter(target: string, name: string): boolean {
  return queryParameter(target, name) !== undefined;
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
