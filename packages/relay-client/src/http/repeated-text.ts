// Whether what the other side says repeats what it was sent: then it is not for logs.

/** Texts shorter than this are too common to be recognised, and too short to tell anything. */
const SHORTEST = 3;

/** Whether a text holds the key, as it is or as it is usually written elsewhere. */
export function repeatsKey(text: string, apiKey: string): boolean {
  const base64 = btoa(apiKey).replace(/=+$/, '');
  const urlSafe = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [apiKey, encodeURIComponent(apiKey), base64, urlSafe].some((form) => text.includes(form));
}

/** Whether a text holds one of the texts among the values of a JSON document. */
export function repeatsTexts(text: string, json: string): boolean {
  let repeats = false;
  try {
    JSON.parse(json, (_name, value: unknown) => {
      const isRepeated = typeof value === 'string' && value.length >= SHORTEST && text.includes(value);
      repeats ||= isRepeated;
      return undefined;
    });
  } catch {
    return true;
  }
  return repeats;
}
