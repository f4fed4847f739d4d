import type { WorkEvent } from '../../../companion/timeline/index.ts';
import { Chance } from './chance.ts';
import { DAY, Desk, HOUR, MINUTE, SECOND } from './desk.ts';

export type PatternKind =
  | 'workload_spike'
  | 'abandonment'
  | 'focus_shift'
  | 'stuck'
  | 'thrash'
  | 'reunion'
  | 'work_at_risk';

/** Something that a careful reader of the stream would call true from `from` to `until` (ms). */
export interface Label {
  readonly kind: PatternKind;
  readonly workspace: string;
  /** stuck: test name or file; focus_shift: the new directory; abandonment: loop; work_at_risk: subject; else workspace. */
  readonly subject: string;
  /** Another answer that is as right: an error count names no file, so the folder is an answer too. */
  readonly orSubject?: string;
  readonly from: number;
  readonly until: number;
}

/** A hard negative: what was planted to be left alone, for reading a wrong finding. Nothing is to be found of it. */
export interface Decoy {
  readonly what: string;
  readonly from: number;
  readonly until: number;
}

export interface LabelledCase {
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly until: number;
  /** Local time is UTC plus this. */
  readonly offsetMinutes: number;
  readonly events: readonly WorkEvent[];
  readonly labels: readonly Label[];
  /** Where readers would disagree: a finding that fits counts neither as right nor as wrong. */
  readonly unclear: readonly Label[];
  readonly decoys: readonly Decoy[];
}

/** How far beside a label a finding may begin (ms) and still be of it. */
export const tolerance: Readonly<Record<PatternKind, { readonly before: number; readonly after: number }>> = {
  // Rates over an hour: where exactly the window is laid is a matter of taste.
  workload_spike: { before: 15 * MINUTE, after: 15 * MINUTE },
  focus_shift: { before: 5 * MINUTE, after: 15 * MINUTE },
  stuck: { before: 10 * MINUTE, after: 15 * MINUTE },
  thrash: { before: 15 * MINUTE, after: 15 * MINUTE },
  // Told of once a day.
  abandonment: { before: HOUR, after: 26 * HOUR },
  reunion: { before: 0, after: HOUR },
  work_at_risk: { before: HOUR, after: 26 * HOUR },
};

/**
 * What a labeller calls true, from the rules of systems.md, section 1:
 *
 * - `workload_spike`: more than 10 distinct files edited by hand within an hour where the user's usual hour of the two
 *   weeks before has less than half as many; or several times as many own commits in two hours as on a usual day.
 *   From the 11th file (the 5th commit) to an hour after the last. Files written by a program within seconds, a
 *   commit with many files, and what others committed are no workload of the user's.
 * - `abandonment`: an open or stale loop, from 7 days after it was touched until it is touched or settled. What was
 *   deferred, dropped, merged or blessed is not abandoned.
 * - `focus_shift`: at least 15 minutes with most edits in one directory (of a file: all before its last slash), then
 *   most in another for at least 15 minutes. From the first edit there to 75 minutes later. A look of some minutes
 *   into another directory is none, nor is one file here and there.
 * - `stuck`: the same test fails again and again for over 30 minutes of presence with no green run of it between;
 *   or errors are shown without a pause for over 30 minutes while one file is edited; or a file comes back to an
 *   earlier size (having left it, on the same branch) at least three times within an hour. From the 30th minute
 *   (third return) until it is green, clean, or left. Time away does not count.
 * - `thrash`: more than 20 changes of file within an hour after less than 30 s in the file that was left. From the
 *   21st to an hour after the last.
 * - `reunion`: the first sign of the hand after 48 h or more without any; a day long. Weekends count where they are
 *   that long. What others commit, and what is told of loops and risks, is no sign of the hand.
 * - `work_at_risk`: uncommitted for over 24 h, unpushed for over 3 days, a full disk at once; until it is over.
 *   A risk is told when it begins, again about daily, and with `since` null when it is over.
 *
 * A matcher counts a finding as right where kind and subject fit and it began between `from - before` and
 * `until + after` of a label; each label wants one. Further findings that fit the same label are neither right nor
 * wrong, because a situation may be left and entered again. Nothing is wrong where an `unclear` one fits.
 */
export function labelledCase(seed: number): LabelledCase {
  const desk = new Desk(seed);
  desk.weeks();
  return desk.finish();
}

/** Independent developers, several weeks each; every third has two folders that know nothing of each other. */
export function labelledCases({ seed = 1, count = 24 } = {}): LabelledCase[] {
  return Array.from({ length: count }, (_, n) => {
    const first = labelledCase(seed * 1000 + n);
    return n % 3 === 2 ? interleaved(first, labelledCase(seed * 1000 + 500 + n)) : first;
  });
}

function interleaved(a: LabelledCase, b: LabelledCase): LabelledCase {
  const events = [...a.events, ...b.events].sort((x, y) => x.at - y.at);
  return {
    name: `${a.name}, beside ${b.name}`,
    seed: a.seed,
    from: Math.min(a.from, b.from),
    until: Math.max(a.until, b.until),
    offsetMinutes: a.offsetMinutes,
    events,
    labels: [...a.labels, ...b.labels],
    unclear: [...a.unclear, ...b.unclear],
    decoys: [...a.decoys, ...b.decoys],
  };
}

/** For tests of a matcher: a seeded choice of findings at the labels, right but for the given shares. */
export function imperfectFindings(
  { labels, from, until }: LabelledCase,
  { missed, wrong, seed }: { missed: number; wrong: number; seed: number },
): { kind: PatternKind; workspace: string; subject: string; at: number }[] {
  const chance = new Chance(seed);
  return labels
    .filter(() => !chance.hit(missed))
    .flatMap(({ kind, workspace, subject, from: start }) => {
      const right = { kind, workspace, subject, at: start + SECOND };
      const made = {
        kind,
        workspace,
        subject: `${subject}-not`,
        at: Math.round(chance.between(from, until)),
      };
      return chance.hit(wrong) ? [right, made] : [right];
    })
    .filter(({ at }) => at < until + DAY);
}
