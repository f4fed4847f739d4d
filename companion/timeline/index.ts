/** What happened in the work, one event after the other: what patterns and habits are read from. */
export type { WorkEvent, WorkEventKind } from './work-event.ts';
