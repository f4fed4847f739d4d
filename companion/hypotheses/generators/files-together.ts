import { fileName } from '../../kernel/index.ts';
import type { WorkEvent } from '../../timeline/index.ts';
import { type EvidenceKind, type EvidenceRef, type Generator, type Proposal, verdict } from '../generator.ts';
import { fisherTail, wilson } from '../statistics.ts';
import { type Placed, type Week, weekOf } from '../weeks.ts';
import { roleOf, stemOf } from './file-roles.ts';

interface PairClaim {
  readonly [field: string]: string | number | readonly number[];
  /** Where this file changes, */
  readonly file: string;
  /** this one does, too. */
  readonly with: string;
}

/** What is changed with more files than this is a sweep and says nothing of any two. */
const SWEEP = 20;
/** A pair changes together so often at least, on so many days, in so many weeks. */
const SUPPORT = 5;
const DAYS = 4;
const WEEKS = 2;
/** The share of the one file's changes that the other is part of, and the least that its interval may reach down to, */
const SHARE = 0.7;
const LOW = 0.4;
/** so many times the share of all changes that the other is part of; */
const LIFT = 2;
/** and so unlikely by chance, over all pairs that could have been found (Bonferroni). */
const ERROR = 0.01;
/** Edits with no longer pause between them are one change. */
const PAUSE_MIN = 15;
const WEEKLY = { least: 2, supports: 0.6, contradicts: 0.35 };
/** So many pairs of a folder at most, the surest first. */
const MOST = 10;

/** Files that change together far more often than chance. One folder at a time. */
export const filesTogether: Generator<PairClaim> = {
  name: 'files_together',
  kinds: ['commits', 'editing'],

  propose(weeks, kind) {
    const baskets = weeks.flatMap((week) => basketsOf(week, kind));
    const found = [...Map.groupBy(baskets, ({ ref }) => ref.workspace)].flatMap(([workspace, those]) =>
      those.length < SUPPORT * 2 ? [] : pairsOf(those).map((claim) => proposalOf(workspace, claim, kind)),
    );
    return baskets.length < SUPPORT * 2 ? null : found;
  },

  judge({ claim, workspace }, week, kind) {
    const baskets = basketsOf(week, kind).filter(
      ({ ref, files }) => ref.workspace === workspace && files.has(claim.file),
    );
    const both = baskets.filter(({ files }) => files.has(claim.with));
    return verdict(
      both.length,
      baskets.length,
      WEEKLY,
      both.map(({ ref }) => ({ ...ref, files: [claim.file, claim.with] })),
    );
  },

  same: (a, b) => (a.file === b.file && a.with === b.with) || (a.file === b.with && a.with === b.file),
};

/** Files that changed in one go. */
interface Basket {
  readonly day: number;
  readonly files: ReadonlySet<string>;
  readonly ref: EvidenceRef;
}

function proposalOf(workspace: string, claim: PairClaim, kind: EvidenceKind): Proposal<PairClaim> {
  const [file, other] = [claim.file, claim.with];
  const [a, b] = fileName(file) === fileName(other) ? [file, other] : [fileName(file), fileName(other)];
  const unit = kind === 'commits' ? `commits of ${a}` : `stretches of work on ${a}`;
  const subject = [file, other].sort().join(' ');
  return { subject, workspace, claim, sentence: `When you change ${a}, you change ${b} too`, unit };
}

/** The pairs of one folder that pass every bound, the surest first. */
function pairsOf(baskets: readonly Basket[]): PairClaim[] {
  const counts = new Map<string, number>();
  for (const { files } of baskets) for (const file of files) counts.set(file, (counts.get(file) ?? 0) + 1);
  const frequent = [...counts.keys()].filter((file) => counts.get(file)! >= SUPPORT);
  const tried = (frequent.length * (frequent.length - 1)) / 2;
  const all = baskets.length;
  return [...meetings(baskets, new Set(frequent)).values()]
    .flatMap(({ a, b, days, both }) => {
      const weeks = new Set([...days].map(weekOf));
      if (both < SUPPORT || days.size < DAYS || weeks.size < WEEKS || isOwnTest(a, b)) return [];
      const chance = fisherTail(both, counts.get(a)!, counts.get(b)!, all) * tried;
      if (chance > ERROR) return [];
      // Of the two ways round, the one that holds more often.
      const [file, other] = counts.get(a)! <= counts.get(b)! ? [a, b] : [b, a];
      const share = both / counts.get(file)!;
      const lift = share / (counts.get(other)! / all);
      if (share < SHARE || lift < LIFT || wilson(both, counts.get(file)!).low < LOW) return [];
      return [{ claim: { file, with: other }, chance }];
    })
    .sort((a, b) => a.chance - b.chance || (a.claim.file < b.claim.file ? -1 : 1))
    .slice(0, MOST)
    .map(({ claim }) => claim);
}

/** A file and its own test change together by nature: nothing that anybody need be asked about. */
function isOwnTest(a: string, b: string): boolean {
  const roles = new Set([roleOf(a), roleOf(b)]);
  return stemOf(a) === stemOf(b) && roles.has('test') && roles.has('code');
}

interface Meeting {
  readonly a: string;
  readonly b: string;
  readonly days: Set<number>;
  both: number;
}

/** How often any two of the frequent files changed in one go. */
function meetings(baskets: readonly Basket[], frequent: ReadonlySet<string>): Map<string, Meeting> {
  const found = new Map<string, Meeting>();
  for (const { files, day } of baskets) {
    const here = [...files].filter((file) => frequent.has(file)).sort();
    for (const [i, a] of here.entries())
      for (const b of here.slice(i + 1)) {
        const key = `${a}\n${b}`;
        const meeting = found.get(key) ?? { a, b, days: new Set(), both: 0 };
        meeting.both++;
        meeting.days.add(day);
        found.set(key, meeting);
      }
  }
  return found;
}

function basketsOf(week: Week, kind: EvidenceKind): Basket[] {
  const baskets =
    kind === 'commits' ? week.items.flatMap(({ event, day }) => commitBasket(event, day)) : stretches(week);
  return baskets.filter(({ files }) => files.size > 0 && files.size <= SWEEP);
}

function commitBasket(event: WorkEvent, day: number): Basket[] {
  if (event.kind !== 'commit' || !event.own) return [];
  const { at, workspace, commit } = event;
  return [{ day, files: new Set(event.files), ref: { at, workspace, commit } }];
}

/** Edits of one folder without a longer pause between them. */
function stretches(week: Week): Basket[] {
  const found: (Basket & { files: Set<string> })[] = [];
  const last = new Map<string, { item: Placed; basket: Basket & { files: Set<string> } }>();
  for (const item of week.items) {
    const { event, day, minute } = item;
    if (event.kind !== 'edit') continue;
    const { at, workspace } = event;
    const before = last.get(workspace);
    const goesOn = before && before.item.day === day && minute - before.item.minute <= PAUSE_MIN;
    const basket = goesOn ? before.basket : { day, files: new Set<string>(), ref: { at, workspace } };
    if (!goesOn) found.push(basket);
    basket.files.add(event.file);
    last.set(workspace, { item, basket });
  }
  return found;
}
