import type { GlobeKind, GlobePoint, LoopStatus, Tone } from '../../../companion/protocol/index.ts';
import type { IconName } from '../../parts/icon-table.ts';
import { KIND_WORDS } from '../memory-words.ts';
import { count } from '../words.ts';
import type { KindChoice, StateChoice } from './globe-filter.ts';

/** Each tone with the shape that stands for it where colours cannot. */
export const TONE_SHAPES: Readonly<Record<Tone, string>> = {
  calm: '○',
  curious: '◇',
  focused: '■',
  playful: '△',
  tense: '✕',
  weary: '▽',
};

export const KIND_CHOICES: ReadonlyMap<KindChoice, string> = new Map<KindChoice, string>([
  ['any', 'Threads and memories'],
  ['loop', 'Threads'],
  ['records', 'Memories'],
  ...Object.entries(KIND_WORDS).map(([kind, { many }]) => [kind as KindChoice, many] as const),
]);

export const STATE_CHOICES: Readonly<Record<StateChoice, string>> = {
  any: 'Any status',
  open: 'Open',
  later: 'Later',
  done: 'Done',
  dropped: 'Dropped',
};

export function kindWord(kind: GlobeKind): string {
  return kind === 'loop' ? 'thread' : KIND_WORDS[kind].word;
}

export function kindIcon(kind: GlobeKind): IconName {
  return kind === 'loop' ? 'type-hierarchy' : KIND_WORDS[kind].icon;
}

/** "tense: 2 conflicts, inferred". */
export function toneSentence({ tone, toneDeclared, toneWords }: GlobePoint): string {
  if (toneDeclared) return toneWords === 'declared' ? `${tone}, declared` : `${tone}, ${toneWords}`;
  return `${tone}: ${toneWords}, inferred`;
}

/** What a loop was at the time that is shown, in one word; of a record, its kind. */
export function statusWord(status: LoopStatus): string {
  return STATUS[status];
}

const STATUS: Readonly<Record<LoopStatus, string>> = {
  proposed: 'proposed',
  open: 'open',
  stale: 'stale',
  deferred: 'later',
  blessed: 'done',
  dropped: 'dropped',
  merged: 'merged',
};

/** "412 of 1,204 points", "1,204 points: 38 threads, 1,166 memories". */
export function pointsWords(points: readonly GlobePoint[], rows: readonly number[]): string {
  if (rows.length !== points.length)
    return `${rows.length.toLocaleString('en-GB')} of ${count(points.length, 'point')}`;
  const threads = points.reduce((sum, { kind }) => sum + (kind === 'loop' ? 1 : 0), 0);
  const memories = points.length - threads;
  return `${count(threads, 'thread')} and ${count(memories, 'memory', 'memories')}`;
}

/** The terms of a theme: "parser, grammar, crlf". */
export function themeWords(name: readonly string[]): string {
  return name.length === 0 ? 'unnamed' : name.slice(0, 3).join(', ');
}
