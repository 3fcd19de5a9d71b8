import type { Pause } from '../../ports/pause.ts';

/** A turn of Node's event loop. */
export const nodePause: Pause = () => new Promise((resolve) => void setImmediate(resolve));
