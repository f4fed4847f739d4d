import { outside, readException } from './exception.ts';
import { type Birth, birthsIn, evidenceIn, type KnownBeliefs, LONGEST } from './forming.ts';
import { type EvidenceKind, type Generator, type Proposal, subjectKey } from './generator.ts';
import { GENERATORS, generatorOf } from './generators/all.ts';
import { type Evidence, type Hypothesis, isLive } from './hypothesis.ts';
import { type Calendar, endOf, joined, type Week } from './weeks.ts';

/** Habits are looked for in this many weeks. */
export const WINDOW_WEEKS = 12;

/**
 * How the last of these weeks bears on a belief, with those before it that had too little to say, without what lies in
 * its exception; null where it says nothing. Pure.
 */
export function testedBy(
  hypothesis: Hypothesis,
  weeks: readonly Week[],
  calendar: Calendar,
): Evidence | null {
  const generator = generatorOf(hypothesis.generator);
  const open = weeks.filter((week) => endOf(week) > hypothesis.testedAt).slice(-LONGEST);
  if (!generator || !isLive(hypothesis) || open.length === 0) return null;
  const exception = hypothesis.exceptWhen === null ? null : readException(hypothesis.exceptWhen);
  const counted = exception ? outside(joined(open), exception, calendar) : joined(open);
  return counted && evidenceIn(generator, hypothesis.kind, hypothesis, counted);
}

/** What is born in these weeks, one generator at a time, so that others have their turn in between. */
export async function births(
  weeks: readonly Week[],
  known: KnownBeliefs,
  pause: () => Promise<void>,
  generators: readonly Generator[] = GENERATORS,
): Promise<Birth[]> {
  const found: Birth[] = [];
  for (const generator of generators) {
    found.push(...birthsIn(weeks, [generator], known));
    await pause();
  }
  return found;
}

/** What is known of beliefs, for `birthsIn`. */
export function knownBeliefs(
  held: readonly Hypothesis[],
  kindsOf: (id: string) => readonly EvidenceKind[],
  forgotten: (subject: string) => number | null,
): KnownBeliefs {
  return {
    held,
    kindsOf: (id) => new Set(kindsOf(id)),
    forgottenAt: (generator: string, proposal: Proposal) => forgotten(subjectKey(generator, proposal)),
  };
}
