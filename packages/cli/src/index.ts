export type { ExitCode } from './engine/serve.ts';
export type { Host, Output } from './ports/host.ts';
export { runHalyard } from './server/run-halyard.ts';
