/** Running git as such, for a room that keeps a repository of its own. What reads the user's stands in `index.ts`. */
export { type GitCall, type GitOutput, runGit } from './run.ts';
