/** What happened in the work, one event after the other: what patterns and habits are read from. */
export { commitEvents } from './commits.ts';
export { noSensed, type Sensed, type SensedState, sensedRows, sensedSpans } from './sensed.ts';
export { type LoopStanding, noneTold, standingEvents, type Told, toldOf } from './standing.ts';
export { forgetOldTimeline, type NumberedEvent, Timeline, type TimelineQuery } from './timeline.ts';
export type { WorkEvent, WorkEventKind } from './work-event.ts';
