/** Programs of a run: started as argument vectors, limited, contained where the system can, ended whole. */
export { type CommandRisk, commandRisk } from './command-risk.ts';
export { type BubblewrapFound, findBubblewrap, type LookForBubblewrap } from './find-bubblewrap.ts';
export { PROGRAM_LIMITS, type ProgramLimits } from './program-limits.ts';
export { createPrograms, type ProgramRunner, type ProgramsOptions } from './programs.ts';
