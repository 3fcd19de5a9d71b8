/** Splits an absolute URL without reading its path: the spelling of flag keys must stay as it is. */
export function originAndPath(url: string): { readonly origin: string; readonly path: string } {
  const pathStart = url.indexOf('/', url.indexOf('//') + 2);
  if (pathStart !== -1) return { origin: url.slice(0, pathStart), path: url.slice(pathStart) };
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}
