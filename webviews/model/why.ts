import type { ScoreParts } from '../../companion/protocol/index.ts';

/** Meaning is compared as a whole and word by word: one reason to a reader. */
type PartOfReason = Exclude<keyof ScoreParts, 'tokens'>;

/** One part of why a record was found. */
export interface Reason {
  id: PartOfReason;
  word: string;
  /** In a sentence. */
  text: string;
  /** Its share of all that speaks for the record, 0 to 1; below 0 for what speaks against it. */
  share: number;
}

const WORDS: Record<PartOfReason, { word: string; text: string; against?: [word: string, text: string] }> = {
  words: { word: 'your words', text: 'It has the words of your question itself.' },
  neighbours: {
    word: 'said around it',
    text: 'What was said right before or after it has your words.',
  },
  session: {
    word: 'same conversation',
    text: 'Much else in its conversation speaks to your question.',
  },
  author: { word: 'who said it', text: 'It was said by somebody whom you name.' },
  meaning: { word: 'meaning', text: 'It means something near to your question, in whatever words.' },
  time: { word: 'when', text: 'It happened at the time that you speak of.' },
  freshness: { word: 'recent', text: 'It is new.' },
  salience: {
    word: 'matters',
    text: 'It matters more than others.',
    against: ['past', 'It is archived, or holds no more: that moved it down.'],
  },
  repeated: {
    word: 'repeated',
    text: 'Nothing like it stands above.',
    against: ['repeated', 'Something nearly the same stands above it: that moved it down.'],
  },
};

/** Less than this is no reason. */
const TELLING = 0.02;

/** Why a record was found, in words, the weightiest first; what speaks against it at the end. */
export function reasonsOf({ tokens, meaning, ...others }: ScoreParts): Reason[] {
  const entries = Object.entries({ meaning: meaning + tokens, ...others }) as [PartOfReason, number][];
  const whole = entries.reduce((sum, [, part]) => sum + Math.max(0, part), 0);
  if (whole <= 0) return [];
  return entries
    .map(([id, part]) => ({ ...said(id, part < 0), id, share: part / whole }))
    .filter(({ share }) => Math.abs(share) >= TELLING)
    .sort((a, b) => b.share - a.share);
}

function said(id: PartOfReason, against: boolean): { word: string; text: string } {
  const { word, text, against: down } = WORDS[id];
  return against && down ? { word: down[0], text: down[1] } : { word, text };
}

/** "58 %". */
export function percent(share: number): string {
  return `${Math.round(Math.abs(share) * 100)} %`;
}
