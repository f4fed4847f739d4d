import type { Archetype, StoryLine, Tone } from '../../../companion/protocol/index.ts';

interface Face {
  /** Id of the mask. */
  readonly id: string;
  readonly archetype: Archetype;
  readonly tone: Tone;
}

/** The two who tell the story are masks of the council; these are their faces. */
export const FACES: Readonly<Record<StoryLine['speaker'], Face>> = {
  Cal: { id: 'mask_cal', archetype: 'guardian', tone: 'calm' },
  Arty: { id: 'mask_arty', archetype: 'trickster', tone: 'playful' },
};

/** Who says a line; null where it is said in plain words, which nobody says. */
export function sayerOf({ speaker, text, plain }: StoryLine): StoryLine['speaker'] | null {
  return text === plain ? null : speaker;
}

/** A line as it is said aloud: "Arty: …". */
export function aloud(line: StoryLine): string {
  const sayer = sayerOf(line);
  const text = line.text.replaceAll('`', '');
  return sayer === null ? text : `${sayer}: ${text}`;
}
