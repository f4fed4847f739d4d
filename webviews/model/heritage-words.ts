import type {
  HeritageDiff,
  HeritageFile,
  HeritageForgotten,
  HeritageSource,
} from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { labelOf } from './heritage-fields.ts';
import type { Comparison, DiffLine, Hunk } from './wheel-diff.ts';
import { count } from './words.ts';

export const FILE_WORDS: Readonly<Record<HeritageFile, { title: string; about: string }>> = {
  core: { title: 'Who you are', about: 'What always holds, whatever the hurry.' },
  preferences: {
    title: 'How you like to work',
    about: 'What it goes by when it chooses its moments and its words.',
  },
  learned: { title: 'What it learned', about: 'Seen in your work, and counted on only since you said Yes.' },
};

export const SOURCE_WORDS: Readonly<Record<HeritageSource, { word: string; icon: IconName }>> = {
  user: { word: 'by you', icon: 'account' },
  hand: { word: 'by hand, in the file', icon: 'edit' },
  convergence: { word: 'from your answers', icon: 'comment-discussion' },
  hypothesis: { word: 'from a belief you answered', icon: 'checklist' },
  template: { word: 'from a template', icon: 'layout' },
  restore: { word: 'restored', icon: 'history' },
};

export function isFile(name: string | null): name is HeritageFile {
  return name !== null && Object.hasOwn(FILE_WORDS, name);
}

/** A sentence of a comparison: the plain name of the field that it is about, if any, and what happened to it. */
export function sentenceOf(sentence: string): { about: string | null; text: string } {
  const match = /^`([^`]+)` (.*)$/s.exec(sentence);
  return match?.[1] && match[2]
    ? { about: labelOf(match[1]), text: match[2] }
    : { about: null, text: sentence };
}

const CONTEXT = 3;

/** The lines of a comparison in hunks: what differs, with three lines around it. */
export function comparisonOf(lines: HeritageDiff['lines']): Comparison {
  let [before, after] = [0, 0];
  const numbered = lines.map(({ kind, text }): DiffLine => {
    if (kind !== 'added') before++;
    if (kind !== 'removed') after++;
    return { kind, text, before: kind === 'added' ? null : before, after: kind === 'removed' ? null : after };
  });
  const near = numbered.map((_, i) =>
    numbered.slice(Math.max(0, i - CONTEXT), i + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  const hunks: Hunk[] = [];
  let skipped = 0;
  let open: DiffLine[] | null = null;
  for (const [i, line] of numbered.entries()) {
    if (!near[i]) {
      skipped++;
      open = null;
      continue;
    }
    if (!open) {
      open = [];
      hunks.push({ skipped, lines: open });
      skipped = 0;
    }
    open.push(line);
  }
  return { hunks, whole: false };
}

/** "3 old versions and 1 refused edit"; null where there is nothing to forget. */
export function goneWords({
  versions,
  rejected,
}: Pick<HeritageForgotten, 'versions' | 'rejected'>): string | null {
  const parts = [
    ...(versions > 0 ? [count(versions, 'old version')] : []),
    ...(rejected > 0 ? [count(rejected, 'refused hand edit')] : []),
  ];
  return parts.length === 0 ? null : parts.join(' and ');
}
