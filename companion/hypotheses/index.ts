/** Beliefs about the user: found in their work, tested by their weeks, learned only after their Yes. */
export { exceptionWords, readException } from './exception.ts';
export type { EvidenceKind, EvidenceRef, GeneratorName, ModelGenerator } from './generator.ts';
export {
  type Belief,
  type Considered,
  Hypotheses,
  type HypothesesOptions,
  type Learning,
} from './hypotheses.ts';
export type { Answer, Evidence, Hypothesis, HypothesisStatus } from './hypothesis.ts';
export { VALIDATIONS_TO_LEARN } from './weight.ts';
