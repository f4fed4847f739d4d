export { examine, type Vitals } from './doctor.ts';
export { logFile, openLog } from './log-file.ts';
