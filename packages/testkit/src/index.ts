export { eventually } from './eventually.ts';
export { ManualClock, settled } from './manual-clock.ts';
export { describePublished, publishedCases, publishedTable } from './published-tables.ts';
export type { RecordingLogger } from './recording-logger.ts';
export { recordingLogger } from './recording-logger.ts';
