import type { WheelFile, WheelOrigin } from '../../companion/protocol/index.ts';
import { inLabel, inMessage, shorten } from '../text/plain.ts';

/** More of a sentence does not fit a notification or a status bar. */
const LONGEST = 120;

/** A plan's sentence where there is no markup: without its backticks, no link, no icon. */
export function plainSentence(text: string, longest = LONGEST): string {
  return inMessage(shorten(text.replaceAll('`', ''), longest));
}

/** "You ask", "The agent claude-code asks", "Progeny asks", as a sentence begins. */
export function askerWords({ by, name }: WheelOrigin): string {
  if (by === 'person') return 'Waits for your yes';
  return by === 'agent'
    ? `${inMessage(shorten(name, 40)) || 'An agent'} (an agent) asks for your yes`
    : 'Progeny asks for your yes';
}

/** Seconds that are left, as a person counts: the last one is 1. */
export function secondsLeft(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}

/** What happens to a file, as a row says it: "+4 −2", "new, +3", "moved from src/a.ts", "binary, 47 KB". */
export function fileWords({ kind, from, binary, additions, deletions, bytes }: WheelFile): string {
  const lines = binary ? `binary, ${sizeOf(bytes)}` : `+${additions} −${deletions}`;
  if (kind === 'added') return `new, ${binary ? lines : `+${additions}`}`;
  if (kind === 'deleted') return `deleted, ${binary ? 'binary' : `−${deletions}`}`;
  if (kind === 'mode') return 'permissions only';
  if (kind === 'moved') return `moved from ${inLabel(from ?? '')}, ${lines}`;
  return lines;
}

/** "211 bytes", "47 KB", "3.1 MB". */
export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
