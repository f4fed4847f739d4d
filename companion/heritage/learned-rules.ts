import { quote } from '../kernel/node.ts';
import type { HeritageLearned } from '../protocol/index.ts';

/** What speaks against a change of what was learned, and where in it. */
export interface Objection {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected: string;
}

/** How beliefs differ, by their hypotheses. */
export interface BeliefChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly reworded: readonly string[];
}

/**
 * A person may delete or reword what was learned, but a belief comes from a hypothesis alone: one that is added must
 * name one that there is (`knows`). Pure.
 */
export function objections(
  before: HeritageLearned,
  after: HeritageLearned,
  knows: (hypothesis: string) => boolean,
): Objection[] {
  const known = new Map(before.beliefs.map((belief) => [belief.hypothesis, belief]));
  const found: Objection[] = [];
  const seen = new Set<string>();
  for (const [i, { hypothesis, since }] of after.beliefs.entries()) {
    const path = ['beliefs', i, 'hypothesis'];
    const old = known.get(hypothesis);
    if (seen.has(hypothesis))
      found.push({ path, what: `${quote(hypothesis)} stands twice`, expected: 'one belief of a hypothesis' });
    else if (!old && !knows(hypothesis))
      found.push({
        path,
        what: `there is no hypothesis ${quote(hypothesis)}`,
        expected: 'the id of one: a belief is learned by confirming it; it can be reworded or removed here',
      });
    else if (old && old.since !== since)
      found.push({
        path: ['beliefs', i, 'since'],
        what: `\`since\` is ${quote(since)}`,
        expected: `${quote(old.since)}, the day on which you confirmed it`,
      });
    seen.add(hypothesis);
  }
  return found;
}

export function beliefChanges(before: HeritageLearned, after: HeritageLearned): BeliefChanges {
  const [old, now] = [byHypothesis(before), byHypothesis(after)];
  const both = [...now.keys()].filter((hypothesis) => old.has(hypothesis));
  return {
    added: [...now.keys()].filter((hypothesis) => !old.has(hypothesis)),
    removed: [...old.keys()].filter((hypothesis) => !now.has(hypothesis)),
    reworded: both.filter(
      (hypothesis) => JSON.stringify(old.get(hypothesis)) !== JSON.stringify(now.get(hypothesis)),
    ),
  };
}

function byHypothesis({ beliefs }: HeritageLearned) {
  return new Map(beliefs.map((belief) => [belief.hypothesis, belief]));
}
