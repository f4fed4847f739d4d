/** Named pieces of work that need no model, how a project verifies itself, hands for git, and what a plan may hold. */
export { gitHands } from './git-hands.ts';
