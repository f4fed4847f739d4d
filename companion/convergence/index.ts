/** Onboarding: questions that fill heritage, each of which may be left out. */
export { Convergence, type ConvergenceOptions, type HeritagePort } from './convergence.ts';
export { findQuestion, QUESTIONS, type Question } from './questions.ts';
export { readAnswer } from './read-answer.ts';
export type { AnswerFile, HeritageNow, HeritagePatch } from './to-heritage.ts';
