import type {
  Archetype,
  Ballot,
  Guild,
  Mask,
  Proposal,
  Round,
  Tone,
  TrackRecord,
} from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { writerWords } from './answered-by.ts';
import { percent } from './why.ts';
import { count } from './words.ts';

/** The share of what was cast that decides. */
const DECIDES = 0.66;

export const ARCHETYPE_WORDS: Record<Archetype, { readonly word: string; readonly icon: IconName }> = {
  creator: { word: 'creator: builds', icon: 'tools' },
  sage: { word: 'sage: analyses', icon: 'book' },
  guardian: { word: 'guardian: guards', icon: 'shield' },
  weaver: { word: 'weaver: connects', icon: 'type-hierarchy' },
  trickster: { word: 'trickster: experiments', icon: 'beaker' },
};

/** Every tone has a shape and a word; colour only repeats them. */
export const TONE_WORDS: Record<Tone, string> = {
  calm: '○ calm',
  curious: '◇ curious',
  focused: '■ focused',
  playful: '△ playful',
  tense: '✕ tense',
  weary: '▽ weary',
};

/** What a member of a panel does in it. */
export const ROLE_WORDS: Record<Guild['members'][number]['role'], string> = {
  lead: 'leads',
  voter: 'votes',
  observer: 'does not vote',
};

export const PRIORITY_NAMES: Record<keyof Mask['priorities'], string> = {
  risk: 'risk',
  effort: 'effort',
  value: 'value',
  novelty: 'what is new',
  focus: 'focus',
};

/** What a mask cares about most: "cares most about risk and focus". */
export function caresWords(priorities: Mask['priorities']): string {
  const ordered = (Object.entries(priorities) as [keyof Mask['priorities'], number][]).sort(
    ([, a], [, b]) => b - a,
  );
  const [first, second] = ordered.map(([name]) => PRIORITY_NAMES[name]);
  return `cares most about ${first} and ${second}`;
}

/** How its votes were borne out: "right 7 of 9 times, 2 votes still open". */
export function recordWords({ hits, misses, waiting }: TrackRecord): string {
  const known = hits + misses;
  const open = waiting > 0 ? `${count(waiting, 'vote')} still open` : '';
  if (known === 0) return open === '' ? 'no vote yet' : `no vote borne out yet, ${open}`;
  return [`right ${hits} of ${count(known, 'time')}`, open].filter(Boolean).join(', ');
}

/** What its vote counts: "counts 1.3 times". */
export function weightWords(weight: number): string {
  return Math.abs(weight - 1) < 0.05 ? 'counts once' : `counts ${weight.toFixed(1)} times`;
}

/** Who argued: a model by its name, or the rules. */
export function byWords({ answeredBy }: Pick<Ballot, 'answeredBy'>): string {
  return answeredBy === null ? 'by rules' : `by ${writerWords(answeredBy)}`;
}

/** How a question ended, in one line. */
export function outcomeWords(
  round: Pick<Round, 'outcome' | 'choice' | 'shares' | 'cast' | 'quorum'>,
): string {
  const { outcome, choice, shares, cast, quorum } = round;
  const best = shares[0];
  switch (outcome) {
    case 'decided':
      return `Decided: ${choice} (${percent(shares.find((each) => each.choice === choice)?.share ?? 0)} of the vote)`;
    case 'contested':
      return best
        ? `Contested: ${percent(DECIDES)} of the vote decides, and ${best.choice} has ${percent(best.share)}`
        : 'Contested: no choice has enough of the vote';
    case 'no_quorum':
      return `No quorum: ${count(cast, 'vote')}, and it takes ${quorum}`;
    case 'expired':
      return 'Expired: its time was up before enough had voted';
  }
}

/** The last round of a question, whose outcome counts. */
export function lastRound({ rounds }: Proposal): Round | null {
  return rounds.at(-1) ?? null;
}

/** Where the user stands with it: "your call", "you chose fork, against the council". */
export function decisionWords({ decision }: Proposal): string {
  if (decision === null) return 'your call';
  return `you chose ${decision.choice}${decision.overruled ? ', against the council' : ''}`;
}

/** Whether choosing this overrules the council, and so needs a reason. */
export function overrules(
  { outcome, choice }: Pick<Proposal, 'outcome' | 'choice'>,
  chosen: string,
): boolean {
  return outcome === 'decided' && choice !== null && choice !== chosen;
}

/** What is said aloud when a council has ended. */
export function sessionWords(proposal: Proposal): string {
  const last = lastRound(proposal);
  return last ? `The council has voted. ${outcomeWords(last)}. Your call.` : 'The council has not voted.';
}
