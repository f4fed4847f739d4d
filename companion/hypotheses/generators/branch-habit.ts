import { type EvidenceKind, type EvidenceRef, type Generator, type Proposal, verdict } from '../generator.ts';
import { wilson } from '../statistics.ts';
import type { Week } from '../weeks.ts';

interface BranchClaim {
  readonly [field: string]: string | number | readonly number[];
  readonly habit: 'prefix' | 'straight';
  /** With its slash or dash; "" for `straight`. */
  readonly prefix: string;
}

const DEFAULT = /^(?:main|master|trunk|develop|default)$/;
/** So many branches (or, for work straight on the default branch, days) at least, this share of them alike. */
const BRANCHES = 5;
const DAYS = 8;
const SHARE = 0.75;
const LOW = 0.5;
const WEEKLY = { least: 2, supports: 0.6, contradicts: 0.4 };

/** How branches are named, or that there are none beside the default one. One folder at a time. */
export const branchHabit: Generator<BranchClaim> = {
  name: 'branch_habit',
  kinds: ['commits', 'branches'],

  propose(weeks, kind) {
    const works = weeks.flatMap((week) => workOf(week, kind));
    const found = [...Map.groupBy(works, ({ workspace }) => workspace)].map(([workspace, those]) =>
      proposeFor(workspace, those),
    );
    const told = found.filter((proposals) => proposals !== null);
    return told.length === 0 ? null : told.flat();
  },

  judge({ claim, workspace }, week, kind) {
    const units = unitsOf(
      workOf(week, kind).filter((work) => work.workspace === workspace),
      claim.habit,
    );
    const fitting = units.filter((unit) =>
      claim.habit === 'prefix' ? prefixOf(unit.branch) === claim.prefix : isDefault(unit.branch),
    );
    return verdict(
      fitting.length,
      units.length,
      WEEKLY,
      fitting.map(({ ref }) => ref),
    );
  },

  same: (a, b) => a.habit === b.habit && a.prefix === b.prefix,
};

interface Work {
  readonly workspace: string;
  readonly day: number;
  readonly branch: string;
  readonly ref: EvidenceRef;
}

function proposeFor(workspace: string, works: readonly Work[]): Proposal<BranchClaim>[] | null {
  const branches = unitsOf(works, 'prefix');
  const days = unitsOf(works, 'straight');
  if (branches.length < BRANCHES && days.length < DAYS) return null;
  const straight = days.filter(({ branch }) => isDefault(branch)).length;
  if (days.length >= DAYS && holds(straight, days.length)) {
    const sentence = 'You work straight on the default branch';
    const claim = { habit: 'straight', prefix: '' } as const;
    return [{ subject: 'straight', workspace, claim, sentence, unit: 'days' }];
  }
  if (branches.length < BRANCHES) return [];
  const byPrefix = Map.groupBy(branches, ({ branch }) => prefixOf(branch));
  return [...byPrefix].flatMap(([prefix, those]) => {
    if (prefix === '' || !holds(those.length, branches.length)) return [];
    const claim = { habit: 'prefix', prefix } as const;
    const sentence = `Your branches are named ${prefix}…`;
    return [{ subject: `prefix ${prefix}`, workspace, claim, sentence, unit: 'branches' }];
  });
}

function holds(hits: number, of: number): boolean {
  return hits / of >= SHARE && wilson(hits, of).low >= LOW;
}

/** Each branch once; or, for work straight on the default branch, each day once, by a branch beside it where there is one. */
function unitsOf(works: readonly Work[], habit: BranchClaim['habit']): Work[] {
  if (habit === 'prefix') {
    const named = works.filter(({ branch }) => !isDefault(branch));
    return [...Map.groupBy(named, ({ branch }) => branch).values()].map((those) => those[0]!);
  }
  return [...Map.groupBy(works, ({ day }) => day).values()].map(
    (those) => those.find(({ branch }) => !isDefault(branch)) ?? those[0]!,
  );
}

function workOf(week: Week, kind: EvidenceKind): Work[] {
  return week.items.flatMap(({ event, day }) => {
    const { at, workspace } = event;
    if (kind === 'commits' && event.kind === 'commit' && event.own && event.branch !== null)
      return [{ workspace, day, branch: event.branch, ref: { at, workspace, commit: event.commit } }];
    if (kind === 'branches' && event.kind === 'branch' && event.branch !== null)
      return [{ workspace, day, branch: event.branch, ref: { at, workspace } }];
    return [];
  });
}

function isDefault(branch: string): boolean {
  return DEFAULT.test(branch);
}

/** "fix/" of `fix/clock`, "PROJ-" of `PROJ-112-clock`; "" for a name without one. */
function prefixOf(branch: string): string {
  return /^(?:[^/]+\/|[A-Za-z]+-(?=\d))/.exec(branch)?.[0] ?? '';
}
