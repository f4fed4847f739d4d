/** Prompts, each with a name and a version, and the fence around what others wrote. */
export { councilVotePrompt } from './council-vote.ts';
export { criticPrompt } from './critic.ts';
export { fenced, fenceKey, fenceRule } from './fence.ts';
export { perceptionPrompt } from './perception.ts';
export { planEditPrompt } from './plan-edit.ts';
export { planStepsPrompt } from './plan-steps.ts';
export {
  definePrompt,
  type Prompt,
  type PromptMessage,
  type PromptTemplate,
  type SlotKind,
} from './prompt.ts';
export { proposerPrompt } from './proposer.ts';
export { storyLinePrompt } from './story-line.ts';
export { synthesisPrompt } from './synthesis.ts';
