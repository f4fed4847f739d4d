import type { MemoryKind, MemoryRecord, RecallOutput, Tone } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { DAY, monthOf, stamp } from './time.ts';
import { count } from './words.ts';

/** What sort of thing is remembered: the plain word first, the product's own behind it. */
export const KIND_WORDS: Record<MemoryKind, { word: string; many: string; icon: IconName }> = {
  whisper: { word: 'note', many: 'Notes', icon: 'comment' },
  decision: { word: 'decision', many: 'Decisions', icon: 'law' },
  fact: { word: 'fact', many: 'Facts', icon: 'bookmark' },
  observation: { word: 'observation', many: 'Observations', icon: 'eye' },
  conversation: { word: 'conversation', many: 'Conversations', icon: 'comment-discussion' },
  episode: { word: 'episode', many: 'Episodes', icon: 'history' },
  hypothesis: { word: 'hypothesis', many: 'Hypotheses', icon: 'question' },
  dream: { word: 'summary', many: 'Summaries', icon: 'sparkle' },
};

/** Each tone with the shape that stands for it where colours cannot. */
export const TONE_WORDS: Record<Tone, string> = {
  calm: '○ calm',
  curious: '◇ curious',
  focused: '■ focused',
  playful: '△ playful',
  tense: '✕ tense',
  weary: '▽ weary',
};

/** Something to know about a record beside what it says. */
export interface Mark {
  id: 'pinned' | 'private' | 'archived' | 'merged' | 'agent' | 'closed';
  icon: IconName | null;
  text: string;
  /** The whole of it, for a tooltip. */
  hint: string;
}

/** What sets a record apart, the weightiest first. */
export function marksOf(record: MemoryRecord, now: number, zone?: string): Mark[] {
  const { pinned, archivedAt, merged, writtenBy, validTo } = record;
  const marks: (Mark | false)[] = [
    pinned && { id: 'pinned', icon: 'pinned', text: 'pinned', hint: 'Pinned: it never fades' },
    validTo !== null &&
      validTo <= now && {
        id: 'closed',
        icon: null,
        text: `held until ${until(validTo, now, zone)}`,
        hint: 'It has ceased to hold',
      },
    archivedAt !== null && {
      id: 'archived',
      icon: 'archive',
      text: 'archived',
      hint: 'Archived: it faded, and is found below the others. Restore brings it back',
    },
    record.private && {
      id: 'private',
      icon: 'lock',
      text: 'private',
      hint: 'Private: never shown to agents, never exported by a door',
    },
    writtenBy === 'agent' && {
      id: 'agent',
      icon: 'hubot',
      text: 'written by an agent',
      hint: 'Written by an agent: it counts as no evidence',
    },
    merged > 0 && {
      id: 'merged',
      icon: null,
      text: `said ${count(merged + 1, 'time')}`,
      hint: 'The same was said more than once; the details tell where',
    },
  ];
  return marks.filter((mark) => mark !== false);
}

/** The day for what is near, the month for what is long ago: "Fri 18:40", "21 Nov", "May 2026". */
function until(at: number, now: number, zone?: string): string {
  return Math.abs(now - at) < 60 * DAY ? stamp(at, now, zone) : monthOf(at, zone);
}

/** By what means an answer was found, where that needs saying; null where nothing is missing. */
export function meansOf({ meaning, covered, note }: Pick<RecallOutput, 'meaning' | 'covered' | 'note'>): {
  tone: 'info' | 'warning';
  text: string;
  /** Whether a model would help. */
  model: boolean;
} | null {
  if (note !== null) return { tone: 'warning', text: `Found by words alone. ${note}`, model: true };
  if (!meaning) {
    const text = 'Found by words alone: there is no sentence model.';
    return { tone: 'info', text, model: true };
  }
  if (covered >= 1) return null;
  const read = Math.floor(covered * 100);
  return {
    tone: 'info',
    text: `${read} % of memory is read for its meaning; the rest is found by its words.`,
    model: false,
  };
}
