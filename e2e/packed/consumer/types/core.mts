import { isHalyardError } from '@halyard/core';
import type { HalyardErrorCode, Resolution } from '@halyard/core';
import { ServerProvider } from '@halyard/core/server';

export function codeOf(error: unknown): HalyardErrorCode | undefined {
  return isHalyardError(error) ? error.code : undefined;
}

export function reasonOf(resolution: Resolution): string {
  return resolution.reason;
}

export const face: typeof ServerProvider = ServerProvider;

// @ts-expect-error a resolution is frozen
export const change = (resolution: Resolution): void => void (resolution.reason = 'STATIC');
