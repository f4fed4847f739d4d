import type { ReviewItem } from '../../companion/protocol/index.ts';
import type { IconName } from '../parts/icon-table.ts';
import { count } from './words.ts';

/** Weeks that bear a belief out, beside the user's Yes, before it counts as learned. */
const NEEDED = 3;

export type ReviewScope = 'today' | 'all';

export function scopeOf(query: Readonly<Record<string, string>>): ReviewScope {
  return query.show === 'all' ? 'all' : 'today';
}

export const GENERATOR_WORDS: Record<ReviewItem['generator'], { word: string; icon: IconName }> = {
  rhythm: { word: 'rhythm', icon: 'clockface' },
  peak_hours: { word: 'peak hours', icon: 'clockface' },
  test_order: { word: 'tests', icon: 'beaker' },
  commit_size: { word: 'size of commits', icon: 'git-commit' },
  branch_habit: { word: 'branches', icon: 'git-branch' },
  files_together: { word: 'files', icon: 'link' },
};

/** How sure it is, in words: the weight behind it is a number from 0 to 1. */
export function weightWords(weight: number): string {
  if (weight <= 0.2) return 'a guess';
  if (weight <= 0.4) return 'likely';
  return weight < 0.8 ? 'well supported' : 'very well supported';
}

/** Where it stands, in a few words. */
export function standing({ status, learned, validations }: ReviewItem): string {
  if (learned) return 'learned';
  const left = NEEDED - validations;
  const more = left > 0 ? `, learned after ${count(left, 'more week')}` : '';
  switch (status) {
    case 'forming':
      return 'still forming';
    case 'waiting':
      return 'for you to say';
    case 'confirmed':
      return `confirmed${more}`;
    case 'conditional':
      return `confirmed, with an exception${more}`;
    case 'denied':
      return 'denied';
    case 'withdrawn':
      return 'withdrawn: your work did not bear it out';
  }
}

/** What is said aloud, and stands above the list. */
export function queueWords(waiting: number, more: number): string {
  const here = waiting === 0 ? 'Nothing to review' : `${count(waiting, 'thing')} to review`;
  return more > 0 ? `${here}, ${more} more another day` : here;
}
