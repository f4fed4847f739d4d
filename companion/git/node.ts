/** Running git as such, for a room that keeps a repository of its own. What reads the user's stands in `index.ts`. */

/** What a writer must know before files of the work tree go through git. */
export { guardFilters } from './filters.ts';
export { pin } from './invoke.ts';
export { type GitCall, type GitOutput, runGit } from './run.ts';
