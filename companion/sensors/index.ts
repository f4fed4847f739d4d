/**
 * What happens in a workspace, as metadata: names, sizes, times, counts. Never contents, the network or the
 * screen. What is ignored or denied is dropped before it is kept anywhere.
 */
export {
  type ActivityContext,
  type ActivityEffect,
  type ActivitySignal,
  type ActivityState,
  idle,
  step,
} from './activity.ts';
export type { FileWatcher, Watch, WatchListener, WatchTarget, WatchTrouble } from './file-watcher.ts';
export type {
  ActivitySpan,
  FileChange,
  GitPart,
  RowDraft,
  RowKind,
  SensorChange,
  SensorHealth,
  SensorRow,
  SensorSink,
} from './records.ts';
export { type Sensing, type SensingOptions, startSensing } from './sensors.ts';
export { forgetOldRecords, sqlSink } from './sql-sink.ts';
export { STORM_RULES } from './storm.ts';
export { type SystemReaders, type SystemSample, shortages } from './system-sample.ts';
