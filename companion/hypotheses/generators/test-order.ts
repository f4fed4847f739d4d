import type { WorkEvent } from '../../timeline/index.ts';
import { type EvidenceKind, type EvidenceRef, type Generator, verdict } from '../generator.ts';
import { wilson } from '../statistics.ts';
import type { Week } from '../weeks.ts';
import { roleOf, stemOf } from './file-roles.ts';

interface OrderClaim {
  readonly [field: string]: string | number | readonly number[];
  readonly order: 'first' | 'last';
}

/** So many changes with tests and code at least, this share one way round, and its interval above a coin's. */
const CHANGES = 8;
const SHARE = 0.7;
const CHANCE = 0.5;
/** What was edited longer before a commit is no part of it. */
const STRETCH_MS = 12 * 60 * 60 * 1000;
/** A test and its code that are committed apart belong together within a day. */
const APART_MS = 24 * 60 * 60 * 1000;
const WEEKLY = { least: 3, supports: 0.6, contradicts: 0.4 };

/** Whether tests are written before or after the code of the same change. */
export const testOrder: Generator<OrderClaim> = {
  name: 'test_order',
  kinds: ['editing', 'commits'],

  propose(weeks, kind) {
    const changes = weeks.flatMap((week) => changesOf(week, kind));
    if (changes.length < CHANGES) return null;
    return (['first', 'last'] as const).flatMap((order) => {
      const hits = changes.filter((change) => change.order === order).length;
      if (hits / changes.length < SHARE || wilson(hits, changes.length).low <= CHANCE) return [];
      const when = order === 'first' ? 'before' : 'after';
      const sentence = `You write the tests ${when} the code of a change`;
      return [
        { subject: order, workspace: null, claim: { order }, sentence, unit: 'changes with tests and code' },
      ];
    });
  },

  judge({ claim }, week, kind) {
    const changes = changesOf(week, kind);
    const fitting = changes.filter(({ order }) => order === claim.order);
    return verdict(
      fitting.length,
      changes.length,
      WEEKLY,
      fitting.map(({ ref }) => ref),
    );
  },

  same: (a, b) => a.order === b.order,
};

interface Change {
  readonly order: 'first' | 'last';
  readonly ref: EvidenceRef;
}
type Commit = WorkEvent & { kind: 'commit' };

function changesOf(week: Week, kind: EvidenceKind): Change[] {
  const events = week.items.map(({ event }) => event);
  const byWorkspace = Map.groupBy(events, ({ workspace }) => workspace);
  return [...byWorkspace.values()].flatMap(kind === 'editing' ? byEdits : byCommits);
}

/**
 * Changes whose files were edited in view: a test comes first where, over the pairs of one of its tests and one of its
 * files of code, the test was more often the first to be touched. By chance that is a coin's throw, however many files
 * there are of each.
 */
function byEdits(events: readonly WorkEvent[]): Change[] {
  const found: Change[] = [];
  let touched = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'edit') {
      if (!touched.has(event.file)) touched.set(event.file, event.at);
    } else if (event.kind === 'commit' && event.own) {
      const since = event.at - STRETCH_MS;
      const times = (role: 'test' | 'code') =>
        event.files
          .filter((file) => roleOf(file) === role)
          .flatMap((file) => touched.get(file) ?? [])
          .filter((at) => at >= since);
      const order = orderOf(times('test'), times('code'));
      if (order) found.push({ order, ref: refOf(event) });
      touched = new Map();
    }
  }
  return found;
}

function orderOf(tests: readonly number[], code: readonly number[]): Change['order'] | null {
  let lead = 0;
  for (const test of tests) for (const file of code) lead += Math.sign(file - test);
  return lead === 0 ? null : lead > 0 ? 'first' : 'last';
}

/** Tests that were committed apart from the code of the same name: the nearest such commit within a day. */
function byCommits(events: readonly WorkEvent[]): Change[] {
  const commits = events.filter((event): event is Commit => event.kind === 'commit' && event.own);
  const parts = commits.map((commit) => ({ commit, ...partsOf(commit) }));
  const code = parts.filter(({ role }) => role === 'code');
  return parts
    .filter(({ role }) => role === 'test')
    .flatMap(({ commit, stems }) => {
      const near = code
        .filter(
          (other) =>
            Math.abs(other.commit.at - commit.at) <= APART_MS &&
            [...stems].some((stem) => other.stems.has(stem)),
        )
        .sort((a, b) => Math.abs(a.commit.at - commit.at) - Math.abs(b.commit.at - commit.at))[0];
      if (!near || near.commit.at === commit.at) return [];
      return [
        { order: commit.at < near.commit.at ? ('first' as const) : ('last' as const), ref: refOf(commit) },
      ];
    });
}

/** What a commit consists of: tests alone, code alone, or both (or neither). */
function partsOf({ files }: Commit): { role: 'test' | 'code' | 'both'; stems: Set<string> } {
  const tests = files.filter((file) => roleOf(file) === 'test');
  const code = files.filter((file) => roleOf(file) === 'code');
  const role =
    tests.length > 0 && code.length === 0 ? 'test' : code.length > 0 && tests.length === 0 ? 'code' : 'both';
  return { role, stems: new Set([...tests, ...code].map(stemOf)) };
}

function refOf({ at, workspace, commit, files }: Commit): EvidenceRef {
  return { at, workspace, commit, files: files.filter((file) => roleOf(file) !== 'other').slice(0, 4) };
}
