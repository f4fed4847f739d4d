import type { MaskTrace, Tone } from '../protocol/index.ts';
import { plainWords } from './merging.ts';
import { isStopWord } from './query-words.ts';

/** What a mask has gone through since it last reflected. */
export interface Stretch {
  readonly records: readonly { readonly kind: string; readonly content: string }[];
  readonly tones: readonly Tone[];
}

const TERMS = 5;

/** A stretch in a few sentences, without a model: how much of what, about what, in which tones. Pure. */
export function reflect({ records, tones }: Stretch): string {
  const kinds = counts(records.map(({ kind }) => kind)).map(([kind, n]) => `${n} ${kind}`);
  const terms = counts(records.flatMap(({ content }) => termsOf(content)))
    .filter(([, n]) => n > 1)
    .slice(0, TERMS)
    .map(([term]) => term);
  const path = tones.filter((tone, i) => tone !== tones[i - 1]);
  return [
    `${records.length} memories: ${kinds.join(', ') || 'none'}.`,
    ...(terms.length > 0 ? [`Most about ${terms.join(', ')}.`] : []),
    ...(path.length > 1
      ? [
          `From ${path[0]} to ${path.at(-1)}${path.length > 2 ? `, by way of ${path.slice(1, -1).join(', ')}` : ''}.`,
        ]
      : []),
  ].join(' ');
}

/** What a mask might be asked next, from what its memory lacks. Pure. */
export function nextPrompts({
  counts: has,
  tones,
  roles,
  reflections,
}: Omit<MaskTrace, 'prompts' | 'mask'>): string[] {
  const of = (kind: string) => has.find((each) => each.kind === kind)?.count ?? 0;
  const prompts: string[] = [];
  if (of('decision') > 0 && of('fact') === 0)
    prompts.push('Which of these decisions has turned out to be right?');
  if (of('observation') >= 10 && of('hypothesis') === 0)
    prompts.push('What do these observations have in common?');
  const [last, before] = tones;
  if (last && before && last.shift >= 0.7) prompts.push(`What turned ${before.tone} into ${last.tone}?`);
  if (roles.length > 1) prompts.push(`What does ${roles[0]!.role} ask of it that ${roles[1]!.role} did not?`);
  if (reflections.length === 0 && has.length > 0)
    prompts.push('What is there to be learnt from its first memories?');
  return prompts;
}

function termsOf(content: string): string[] {
  const words = new Set(plainWords(content).split(' '));
  return [...words].filter((word) => word.length > 2 && /\p{L}/u.test(word) && !isStopWord(word));
}

/** Each value and how often it is there, most often first. */
function counts(values: readonly string[]): [string, number][] {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
