/** Headers as one text each; those that came more than once are joined, as HTTP allows. */
export function headerTexts(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    if (value !== undefined) texts[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return texts;
}
