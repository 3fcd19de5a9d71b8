export type { ExitCode } from './engine/exit-code.ts';
export type { Host, Output } from './ports/host.ts';
export { runHalyard } from './server/run-halyard.ts';
