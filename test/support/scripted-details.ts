import type {
  AdviserDetails,
  AdviserVote,
  Mask,
  MaskTrace,
  Proposal,
} from '../../companion/protocol/index.ts';

const DAY = 86_400_000;

/** What a scripted council knows of one adviser: what it voted here, and a record that comes to its hits and misses. */
export function scriptedDetails(
  mask: Mask,
  masks: readonly Mask[],
  proposals: readonly Proposal[],
  now: number,
): AdviserDetails {
  const parent = masks.find(({ id }) => id === mask.birth.source);
  return {
    mask,
    key: mask.name,
    origin: {
      text: mask.birth.from === 'whisper' ? 'write the docs before the release, not after' : null,
      private: false,
      parent: mask.birth.from === 'fork' && parent ? { id: parent.id, name: parent.name } : null,
    },
    votes: proposals.flatMap((proposal) => voteOf(proposal, mask.id)),
    history: historyOf(mask, now),
  };
}

export function scriptedTrace(mask: string, now: number): MaskTrace {
  return {
    mask,
    counts: [{ kind: 'observation', count: 12 }],
    tones: [
      { at: now - 3 * DAY, tone: 'tense', shift: 0.42, cause: 'Two rollbacks in one week.' },
      { at: now - 21 * DAY, tone: 'focused', shift: 0.2, cause: '' },
      { at: now - 60 * DAY, tone: 'calm', shift: 0, cause: '' },
    ],
    roles: [],
    reflections: [{ at: now - 4 * DAY, content: 'I was right more often where the tests were there first.' }],
    prompts: [],
  };
}

function voteOf(
  { id, kind, subject, question, at, rounds, observed }: Proposal,
  voter: string,
): AdviserVote[] {
  const ballot = rounds.at(-1)?.ballots.find((each) => each.voter === voter);
  if (!ballot) return [];
  const { choice, reason, weight, answeredBy } = ballot;
  const hit = observed && choice !== null ? observed.right.includes(choice) : null;
  return [{ proposal: id, kind, subject, question, at, choice, reason, weight, hit, answeredBy }];
}

/** Misses are spread evenly among the hits. */
function historyOf({ record: { hits, misses } }: Mask, now: number): AdviserDetails['history'] {
  const all = hits + misses;
  let [right, wrong] = [0, 0];
  return Array.from({ length: all }, (_, i) => {
    const hit = Math.floor(((i + 1) * misses) / all) === Math.floor((i * misses) / all);
    if (hit) right++;
    else wrong++;
    return { at: now - (all - i) * 9 * DAY, hit, rate: (right + 2) / (right + wrong + 4) };
  });
}
