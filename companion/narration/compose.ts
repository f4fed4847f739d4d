import type { Settings } from '../protocol/index.ts';
import { SILENT_BELOW, type Speaker, type StoryKind, TELLINGS } from './kinds.ts';
import type { Repeats } from './repeats.ts';
import { fill, plainly, TEMPLATES, type Words } from './templates.ts';

/** What is stored of a line: how it was said, not what. */
export interface Choice {
  readonly kind: StoryKind;
  readonly speaker: Speaker;
  /** The number of the template among those of its speaker; -1: the plain one. */
  readonly template: number;
  readonly importance: number;
}

export const PLAIN_TEMPLATE = -1;

/**
 * Who tells it, and how; null for silence: what matters to nobody, and what was told already in other words. A template
 * that says something new is preferred, beginning at another one with each event. Pure but for `repeats`, which it
 * only asks.
 */
export function choose(
  kind: StoryKind,
  words: Words,
  seq: number,
  { speaker: wanted, plain }: Pick<Settings['narration'], 'speaker' | 'plain'>,
  repeats: Pick<Repeats, 'isRepeat'>,
): Choice | null {
  const { relevance, importance } = TELLINGS[kind];
  if (Math.max(relevance.Cal, relevance.Arty) < SILENT_BELOW) return null;
  const speaker = wanted === 'both' ? speakerOf(relevance, seq) : wanted;
  const said = { kind, speaker, importance };
  if (!plain) {
    const templates = TEMPLATES[kind][speaker];
    const usable = templates.map((each) => fill(each, words));
    // The last is for what little is known; the richer ones come first.
    const rich = usable.slice(0, -1).filter((text) => text !== null).length;
    const order = usable.map((_, i) =>
      i < usable.length - 1 && rich > 0 ? (i + seq) % (usable.length - 1) : i,
    );
    for (const i of order) {
      const text = usable[i];
      if (text && !repeats.isRepeat(text)) return { ...said, template: i };
    }
  }
  const text = plainly(kind, words);
  return text && !repeats.isRepeat(text) ? { ...said, template: PLAIN_TEMPLATE } : null;
}

/** The text of a choice, as far as its words are known now; null where they are not any more. Pure. */
export function textOf({ kind, speaker, template }: Choice, words: Words): string | null {
  const chosen = TEMPLATES[kind][speaker][template];
  return (chosen && fill(chosen, words)) ?? plainly(kind, words);
}

/** To whom it matters more; now the one and now the other where it is the same to both. */
function speakerOf({ Cal, Arty }: Readonly<Record<Speaker, number>>, seq: number): Speaker {
  if (Cal === Arty) return seq % 2 === 0 ? 'Cal' : 'Arty';
  return Cal > Arty ? 'Cal' : 'Arty';
}
