import { HalyardError } from '@halyard/core';

/** It is not shown, as it may hold a key. */
export function notAnAddress(): HalyardError {
  return new HalyardError('CONFIG_INVALID', 'the address of a request is no URL');
}

/**
 * Splits an absolute URL without reading its path: the spelling of flag keys must stay as it is.
 *
 * @throws HalyardError `CONFIG_INVALID` if it is none
 */
export function originAndPath(url: string): { readonly origin: string; readonly path: string } {
  const hostStart = url.indexOf('//') + 2;
  const hostLength = url.slice(hostStart).search(/[/?#]/);
  const pathStart = hostStart + hostLength;
  if (hostLength !== -1 && url[pathStart] === '/')
    return { origin: url.slice(0, pathStart), path: url.slice(pathStart) };
  if (!URL.canParse(url)) throw notAnAddress();
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}
