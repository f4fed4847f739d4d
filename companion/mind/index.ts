/** What is made of a question: perception, retrieval, answer, and the conversations that it belongs to. */
export { asksSomething } from './asks-something.ts';
export { Chat, type ChatAsk, type ChatOptions, type Sight } from './chat.ts';
export { Conversations, type Said } from './conversations.ts';
export type { Knowledge, KnownBranch, KnownCommit, KnownEdits, KnownTodo, Remembered } from './knowledge.ts';
export { type NewThought, Thoughts } from './thoughts.ts';
