import type { Archetype, Mask, MaskPriorities } from '../protocol/index.ts';

/** What each archetype cares about where nothing else is said. */
export const PROFILES: Readonly<Record<Archetype, MaskPriorities>> = {
  guardian: { risk: 0.9, effort: 0.5, value: 0.5, novelty: 0.1, focus: 0.6 },
  trickster: { risk: 0.2, effort: 0.4, value: 0.5, novelty: 0.9, focus: 0.3 },
  sage: { risk: 0.5, effort: 0.6, value: 0.8, novelty: 0.4, focus: 0.5 },
  creator: { risk: 0.3, effort: 0.3, value: 0.9, novelty: 0.7, focus: 0.4 },
  weaver: { risk: 0.4, effort: 0.5, value: 0.5, novelty: 0.3, focus: 0.9 },
};

/** What each archetype does, in one plain sentence. */
export const ARCHETYPE_CARDS: Readonly<Record<Archetype, string>> = {
  guardian: 'Guards what works. Looks first at what could be lost, and whether it can be undone.',
  trickster: 'Doubts what is only habit. Prefers a small trial to a long wait.',
  sage: 'Weighs what a thing brings against what it takes, and says when nothing is known.',
  creator: 'Wants it built. Asks what somebody will have of it when it is done.',
  weaver: 'Keeps things together. Asks how it fits with what is already under way.',
};

export const ARCHETYPE_VOICES: Readonly<Record<Archetype, string>> = {
  guardian: 'Steady and exact: names what may break, and what it takes to undo it.',
  trickster: 'Short and provocative: questions what everybody takes for granted.',
  sage: 'Calm: numbers before opinions, and what is missing before both.',
  creator: 'Direct: speaks of the result, and of the next step towards it.',
  weaver: 'Quiet: points at what is connected, and at what was left half done.',
};

export type Standing = Pick<Mask, 'id' | 'name' | 'archetype' | 'priorities' | 'voice' | 'card' | 'tone'>;

/**
 * The three who always vote, and can neither be retired nor replaced. docs/COUNCIL-BENCH.md was measured with these
 * priorities.
 */
export const ALWAYS: readonly Standing[] = [
  standing('mask_cal', 'Cal', 'guardian', 'calm', {
    risk: 0.9,
    effort: 0.5,
    value: 0.7,
    novelty: 0.2,
    focus: 0.5,
  }),
  standing('mask_arty', 'Arty', 'trickster', 'playful', {
    risk: 0.2,
    effort: 0.4,
    value: 0.5,
    novelty: 0.9,
    focus: 0.6,
  }),
  standing('mask_sage', 'Sage', 'sage', 'focused', {
    risk: 0.5,
    effort: 0.6,
    value: 0.7,
    novelty: 0.4,
    focus: 0.5,
  }),
];

export function isAlways(id: string): boolean {
  return ALWAYS.some((each) => each.id === id);
}

function standing(
  id: string,
  name: string,
  archetype: Archetype,
  tone: Mask['tone'],
  priorities: MaskPriorities,
): Standing {
  return {
    id,
    name,
    archetype,
    priorities,
    voice: ARCHETYPE_VOICES[archetype],
    card: ARCHETYPE_CARDS[archetype],
    tone,
  };
}
