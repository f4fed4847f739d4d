import { roleOf, stemOf } from '../../../companion/hypotheses/generators/file-roles.ts';
import type { Hypothesis } from '../../../companion/hypotheses/index.ts';
import type { ToLocal } from '../../../companion/interruption/index.ts';
import type { Commit } from './contributors.ts';

/** A claim is tested on so many units at least. */
const LEAST = 5;

/**
 * Whether what was learned still holds in later months, told by plain counts over the whole of them and none of the
 * generators' bounds; null where there is too little to tell (fewer than five units).
 *
 * - `rhythm`: on more than half of the days with commits (of the claimed days of the week) the first (or last) commit
 *   comes within 45 minutes of the claimed time.
 * - `peak_hours`: the claimed hours hold a larger share of the commits than they are of the hours of day in which nine
 *   tenths of these months' commits fall.
 * - `test_order`: of the tests that were committed apart from their code, more than half come on the claimed side.
 * - `commit_size`: more than half of the commits are within the claimed range.
 * - `files_together`: of the commits with the one file, at least half have the other, and a larger share than of all
 *   commits.
 */
export function holds(
  { generator, claim }: Hypothesis,
  commits: readonly Commit[],
  local: ToLocal,
): boolean | null {
  switch (generator) {
    case 'rhythm': {
      const times = dayBounds(
        commits,
        local,
        claim.part === 'first_commit',
        claim.weekdays as readonly number[],
      );
      const near = times.filter((minute) => Math.abs(minute - Number(claim.minute)) <= 45);
      return told(near.length, times.length, 0.5);
    }
    case 'peak_hours': {
      const hours = commits.map(({ at }) => lateMinute(local(at).minute) / 60).sort((a, b) => a - b);
      const [first, last] = [
        hours[Math.floor(hours.length * 0.05)]!,
        hours[Math.floor(hours.length * 0.95)]!,
      ];
      const inside = hours.filter((hour) => Number(claim.from) <= hour && hour < Number(claim.until));
      const even = (Number(claim.until) - Number(claim.from)) / Math.max(1, last - first);
      return told(inside.length, hours.length, even);
    }
    case 'test_order': {
      const orders = apart(commits);
      return told(orders.filter((order) => order === claim.order).length, orders.length, 0.5);
    }
    case 'commit_size': {
      const sizes = commits
        .map(({ insertions, deletions }) => insertions + deletions)
        .filter((size) => size > 0);
      const fitting = sizes.filter((size) => Number(claim.low) <= size && size <= Number(claim.high));
      return told(fitting.length, sizes.length, 0.5);
    }
    case 'files_together': {
      const [file, other] = [String(claim.file), String(claim.with)];
      const those = commits.filter(({ files }) => files.includes(file));
      const both = those.filter(({ files }) => files.includes(other));
      const base = commits.filter(({ files }) => files.includes(other)).length / commits.length;
      const held = told(both.length, those.length, base);
      return held === null ? null : held && both.length * 2 >= those.length;
    }
    default:
      return null;
  }
}

function told(hits: number, of: number, moreThan: number): boolean | null {
  return of < LEAST ? null : hits / of > moreThan;
}

/** Before five in the morning it is still the day before. */
function lateMinute(minute: number): number {
  return minute < 300 ? minute + 1440 : minute;
}

function dayBounds(
  commits: readonly Commit[],
  local: ToLocal,
  first: boolean,
  weekdays: readonly number[],
): number[] {
  const days = Map.groupBy(commits, ({ at }) => {
    const { day, minute } = local(at);
    return minute < 300 ? day - 1 : day;
  });
  return [...days]
    .filter(([day]) => weekdays.includes((day + 3) % 7))
    .map(([, those]) => lateMinute(local((first ? those[0] : those.at(-1))!.at).minute));
}

/** For each commit of tests alone, whether the nearest commit of code alone about the same, within a day, is later. */
function apart(commits: readonly Commit[]): ('first' | 'last')[] {
  const only = (commit: Commit, role: 'test' | 'code') => {
    const roles = commit.files.map(roleOf).filter((each) => each !== 'other');
    return roles.length > 0 && roles.every((each) => each === role);
  };
  const code = commits.filter((commit) => only(commit, 'code'));
  return commits
    .filter((commit) => only(commit, 'test'))
    .flatMap((test) => {
      const names = new Set(test.files.map(stemOf));
      const near = code
        .filter(
          ({ at, files }) => Math.abs(at - test.at) < 86_400_000 && files.some((f) => names.has(stemOf(f))),
        )
        .sort((a, b) => Math.abs(a.at - test.at) - Math.abs(b.at - test.at))[0];
      if (!near || near.at === test.at) return [];
      return near.at > test.at ? (['first'] as const) : (['last'] as const);
    });
}
