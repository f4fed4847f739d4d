import type { ToLocal } from '../interruption/index.ts';
import { clip, count, duration, fileName, listing } from '../kernel/index.ts';
import type { PatternEvidence, PatternKind } from '../protocol/index.ts';
import { areaOf, dominant, folderOf, related } from './directories.ts';

const TITLE = 60;

interface Explained {
  readonly kind: PatternKind;
  readonly subject: string;
  readonly evidence: readonly PatternEvidence[];
  /** The title of the loop that it is about. */
  readonly title?: string | null;
}

/** One sentence on what was seen, made from the evidence rows alone. Times of day are the user's. Pure. */
export function explain({ kind, subject, evidence, title }: Explained, now: number, local: ToLocal): string {
  const rows = evidence.filter((row) => row.kind !== 'usual');
  const usual = evidence.find((row) => row.kind === 'usual')?.n;
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return 'What it rested on is not kept any more.';
  const since = clockTime(first.at, now, local);
  switch (kind) {
    case 'workload_spike': {
      const commits = rows.filter((row) => row.kind === 'commit').length;
      if (commits > 0)
        return `${count(commits, 'commit')} since ${since}${ordinary(usual, 'your usual is')}.`;
      const files = count(rows.length, 'file');
      return `${files} edited since ${since}${ordinary(usual, 'a usual hour of yours has')}.`;
    }
    case 'abandonment':
      return `${title ? `"${clip(title, TITLE)}"` : 'A thread'} was not touched for ${duration(now - first.at)}.`;
    case 'focus_shift': {
      const [from, to] = [
        rows.filter((row) => !within(row, subject)),
        rows.filter((row) => within(row, subject)),
      ];
      const place = dominant(
        from.map(({ file }) => file ?? ''),
        0.6,
      );
      const when = clockTime((to[0] ?? last).at, now, local);
      return `The work moved from ${place?.folder ?? 'elsewhere'} to ${subject} at ${when}.`;
    }
    case 'stuck':
      return `${stuckText(subject, rows)} since ${since}.`;
    case 'thrash':
      return `${count(rows.length, 'switch', 'switches')} between files since ${since}, none after more than ${longest(rows)} s.`;
    case 'reunion':
      return `Back after ${duration(last.at - first.at)}; the last sign of work before was ${since}.`;
    case 'work_at_risk':
      return `${title ? `"${clip(title, TITLE)}": ` : ''}${listing(rows.map(riskText(now)), 3)}.`;
  }
}

function longest(rows: readonly PatternEvidence[]): number {
  return Math.ceil(Math.max(...rows.map(({ n = 0 }) => n)) / 1000);
}

function stuckText(subject: string, rows: readonly PatternEvidence[]): string {
  const reds = rows.filter((row) => row.kind === 'test').length;
  if (reds > 0) return `Test ${subject} has failed ${reds} times`;
  const reverts = rows.filter((row) => row.kind === 'revert').length;
  if (reverts > 0) return `${fileName(subject)} went back to an earlier state ${reverts} times`;
  const errors = rows.find((row) => row.kind === 'errors')?.n ?? 0;
  const edits = rows.filter((row) => row.kind === 'edit').length;
  return `${count(errors, 'error')} stood through ${count(edits, 'edit')} of ${fileName(subject)}`;
}

function riskText(now: number) {
  return ({ kind, at }: PatternEvidence): string =>
    kind === 'disk'
      ? 'The disk is nearly full'
      : `${kind === 'uncommitted' ? 'Uncommitted' : 'Unpushed'} for ${duration(now - at)}`;
}

function ordinary(usual: number | undefined, words: string): string {
  return usual === undefined ? '' : `; ${words} ${Math.round(usual)}`;
}

function within({ file }: PatternEvidence, folder: string): boolean {
  return related(areaOf(folderOf(file ?? '')), areaOf(folder));
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];

/** "14:05", with the weekday where it is another day: "Mon 14:05", and "9 days ago" beyond a week. Pure. */
export function clockTime(at: number, now: number, local: ToLocal): string {
  const { day, minute } = local(at);
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const ago = local(now).day - day;
  if (ago === 0) return time;
  return ago < 7 ? `${DAYS[((day % 7) + 7) % 7]} ${time}` : `${duration(now - at)} ago`;
}
