/** Set-up: what this machine offers, and templates to begin with. */
export { type ApplyPorts, applyTemplate, needsFolder } from './apply.ts';
export { Detection, type DetectionOptions, type GitStanding } from './detect.ts';
export { ollamaPort, thisMachine } from './machine.ts';
export type { Machine } from './probes.ts';
export { type Programs, systemPrograms } from './programs.ts';
export { contentOf, type Template, Templates } from './templates.ts';
