import type { Subject } from './subject.ts';

export type Attributes = Pick<Subject, 'tone' | 'branch' | 'directory'>;

/**
 * How many of the small priors two subjects share: the family of their tone; the branch or the directory. What is
 * unknown agrees with nothing. How alike they drift joins these when drift is measured. Pure.
 */
export function sharedPriors(a: Attributes, b: Attributes): number {
  const tone = a.tone !== null && a.tone === b.tone;
  const branch = a.branch !== null && a.branch === b.branch;
  const directory = a.directory !== null && a.directory === b.directory;
  return (tone ? 1 : 0) + (branch || directory ? 1 : 0);
}
