import type { EvidenceKind, Generator, Proposal } from './generator.ts';
import type { Evidence, Hypothesis } from './hypothesis.ts';
import { isLive } from './hypothesis.ts';
import { endOf, joined, type Week } from './weeks.ts';

/** Stretches that must bear a habit out before it is a belief, and how far they must outnumber those against it. */
const STRETCHES = 2;
const OUTNUMBER = 2;
/** So many weeks at most are one stretch. */
export const LONGEST = 4;

/** A belief to be formed, or formed anew in the place of `former`. */
export interface Birth {
  readonly generator: Generator;
  readonly kind: EvidenceKind;
  readonly proposal: Proposal;
  readonly evidence: readonly Evidence[];
  readonly former: Hypothesis | null;
}

export interface KnownBeliefs {
  readonly held: readonly Hypothesis[];
  /** The kinds of evidence that a belief rested on. */
  kindsOf(id: string): ReadonlySet<EvidenceKind>;
  /** When a belief about this subject was forgotten last; null for never. */
  forgottenAt(generator: string, proposal: Proposal): number | null;
}

/**
 * The beliefs that these weeks give birth to. A generator's first kind of evidence with enough to say decides; others
 * count where a belief was denied, which comes back only with new evidence of a kind that it did not rest on. One that
 * was withdrawn or forgotten comes back only with new evidence.
 */
export function birthsIn(
  weeks: readonly Week[],
  generators: readonly Generator[],
  known: KnownBeliefs,
): Birth[] {
  return generators.flatMap((generator) => {
    let decided = false;
    return generator.kinds.flatMap((kind) => {
      const proposals = generator.propose(weeks, kind);
      const decisive = !decided && proposals !== null;
      decided ||= decisive;
      return (proposals ?? []).flatMap((proposal) => {
        const former = known.held.find((each) => isSame(generator, each, proposal)) ?? null;
        const since = sinceWhen(former, { decisive, kind }, known, () =>
          known.forgottenAt(generator.name, proposal),
        );
        if (since === null) return [];
        const evidence = evidenceOf(generator, kind, proposal, weeks);
        if (!bearOut(evidence.filter(({ at }) => at > since))) return [];
        return [{ generator, kind, proposal, evidence, former }];
      });
    });
  });
}

/** From when on evidence counts for forming it; null: it is not to be formed. */
function sinceWhen(
  former: Hypothesis | null,
  { decisive, kind }: { decisive: boolean; kind: EvidenceKind },
  known: KnownBeliefs,
  forgottenAt: () => number | null,
): number | null {
  if (former?.status === 'denied') return known.kindsOf(former.id).has(kind) ? null : former.endedAt;
  if (!decisive || (former && isLive(former))) return null;
  return former?.endedAt ?? forgottenAt() ?? Number.NEGATIVE_INFINITY;
}

function isSame(generator: Generator, held: Hypothesis, { subject, workspace, claim }: Proposal): boolean {
  if (held.generator !== generator.name || held.workspace !== workspace) return false;
  return held.subject === subject && generator.same(held.claim, claim);
}

/**
 * How stretches of work bear on a claim. A stretch is a week, or up to four where one alone has too little to say: who
 * commits twice a week has habits, too.
 */
export function evidenceOf(
  generator: Generator,
  kind: EvidenceKind,
  about: Pick<Proposal, 'claim' | 'workspace'>,
  weeks: readonly Week[],
): Evidence[] {
  const found: Evidence[] = [];
  let open: Week[] = [];
  for (const week of weeks) {
    open = [...open, week].slice(-LONGEST);
    const evidence = evidenceIn(generator, kind, about, joined(open));
    if (!evidence) continue;
    found.push(evidence);
    open = [];
  }
  return found;
}

/** How one stretch bears on a claim; null where it says nothing either way. */
export function evidenceIn(
  generator: Generator,
  kind: EvidenceKind,
  about: Pick<Proposal, 'claim' | 'workspace'>,
  stretch: Week,
): Evidence | null {
  const judged = generator.judge(about, stretch, kind);
  return judged && { key: `${kind}:${stretch.number}`, at: endOf(stretch), kind, ...judged };
}

function bearOut(evidence: readonly Evidence[]): boolean {
  const supporting = evidence.filter(({ supports }) => supports).length;
  return supporting >= STRETCHES && supporting >= OUTNUMBER * (evidence.length - supporting);
}
