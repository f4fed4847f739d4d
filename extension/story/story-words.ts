import type { StoryLine } from '../../companion/protocol/index.ts';
import { inLabel, shorten } from '../text/plain.ts';

/** More does not fit a status bar beside everything else. */
const LONGEST = 70;

/** A line of the output channel: "09:12  Cal   Tests are green again."; in plain words nobody says it. */
export function channelLine({ at, speaker, text, plain }: StoryLine): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}  ${(text === plain ? '' : speaker).padEnd(4)}  ${text}`;
}

/** What the status bar shows of a line, and what a screen reader says of it. */
export function statusWords({ text, plain }: StoryLine): { text: string; label: string } {
  return {
    text: `$(book) ${inLabel(shorten(text.replaceAll('`', ''), LONGEST))}`,
    label: `Progeny story: ${plain}`,
  };
}
