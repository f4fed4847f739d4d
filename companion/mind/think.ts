import type { AnsweredBy, Thought } from '../protocol/index.ts';

/** Notes a step on the way to an answer: a few sentences, who thought it, how long it took in ms. */
export type Think = (step: Thought['step'], text: string, answeredBy: AnsweredBy, ms: number) => void;
