export { examine, type Vitals } from './doctor.ts';
export { logFile, openLog } from './log-file.ts';
export { Violations } from './violations.ts';
