/** The nightly run: stages that consolidate what is remembered, one at a time, at night or when nobody is at work. */
export type { DreamRow } from './dream-log.ts';
export { type Answer, Dreams, type DreamsOptions } from './dreams.ts';
export { extract, type Quote, type Told } from './extract.ts';
export { minuteOf } from './night.ts';
export { DreamSchedule, type ScheduleOptions } from './schedule.ts';
export type { Finding, Results, Stage, StageContext, StageResult } from './stage.ts';
export { linesOf } from './words.ts';
