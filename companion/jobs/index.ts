export { type JobContext, type JobKind, Jobs } from './jobs.ts';
