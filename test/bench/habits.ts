import path from 'node:path';
import { openHypotheses } from '../support/hypotheses.ts';
import { sumOf, tallyOf } from '../support/planted-beliefs.ts';
import { habitHistory } from '../support/streams/planted-habits.ts';
import { type Commit, type Contributor, contributorsOf } from './support/contributors.ts';
import { holds } from './support/held.ts';
import { rounded } from './support/statistics.ts';
import { option } from './support/subject.ts';

const WEEK = 7 * 24 * 60 * 60 * 1000;
/** Half a year to learn from, a quarter to hold in; so many commits in each at least. */
const [LEARN, HOLD] = [26 * WEEK, 13 * WEEK];
const [LEARN_COMMITS, HOLD_COMMITS] = [60, 20];
const [SEEDS, COUNT] = [100, 20];

/**
 * Habits that were planted in generated histories, found within four weeks of nights; and, for each repository, those
 * learned from half a year of a contributor (who says Yes to all that is offered) and how many hold in the quarter after.
 * Each contributor's whole history is cut into stretches of nine months. `habits [--seed N] [--count N] [--repo DIR]...`.
 */
export default async function habits(args: readonly string[]) {
  const repositories = args.flatMap((arg, i) => (args[i - 1] === '--repo' ? [arg] : []));
  if (repositories.length === 0) return planted(args);
  const rows: Awaited<ReturnType<typeof repository>> = [];
  for (const folder of repositories) rows.push(...(await repository(folder)));
  const sum = (field: 'stretches' | 'learned' | 'held' | 'believed' | 'believedHeld' | 'untold') =>
    rows.reduce((all, row) => all + row[field], 0);
  const [learned, held, believed, believedHeld] = [
    sum('learned'),
    sum('held'),
    sum('believed'),
    sum('believedHeld'),
  ];
  rows.push({
    ...{ repository: 'all', contributor: rows.length, stretches: sum('stretches') },
    ...{ learned, held, share: learned === 0 ? '' : rounded(held / learned, 3) },
    ...{ believed, believedHeld, believedShare: believed === 0 ? '' : rounded(believedHeld / believed, 3) },
    untold: sum('untold'),
  });
  return rows;
}

async function planted(args: readonly string[]) {
  const seed = Number(option(args, 'seed') ?? SEEDS);
  const count = Number(option(args, 'count') ?? COUNT);
  const tallies = [];
  for (let i = 0; i < count; i++) tallies.push(await tallyOf(habitHistory(seed + i)));
  return [...sumOf(tallies)].sort().map(([generator, { planted, found, formed, right }]) => ({
    generator,
    precision: rounded(right / formed, 3),
    recall: rounded(found / planted, 3),
    planted,
    formed,
  }));
}

async function repository(folder: string) {
  const name = path.basename(path.resolve(folder));
  const rows = [];
  for (const [index, person] of contributorsOf(folder).entries()) {
    const stretches = stretchesOf(person.commits);
    const told: Told[] = [];
    for (const stretch of stretches) told.push(...(await toldBy(stretch, person)));
    if (stretches.length > 0)
      rows.push({ repository: name, contributor: index + 1, stretches: stretches.length, ...countsOf(told) });
  }
  return rows;
}

/** A belief at the end of half a year, and whether it held in the quarter after; null where that cannot be told. */
interface Told {
  readonly learned: boolean;
  readonly held: boolean | null;
}

async function toldBy({ learn, hold }: Stretch, person: Contributor): Promise<Told[]> {
  const beliefs = await beliefsAfter(learn, person);
  return beliefs.map(({ hypothesis, learned }) => ({ learned, held: holds(hypothesis, hold, person.local) }));
}

/** Of what was learned, and of all that was believed, how much held. */
function countsOf(told: readonly Told[]) {
  const count = (those: readonly Told[]) => {
    const testable = those.filter(({ held }) => held !== null).length;
    const held = those.filter((each) => each.held === true).length;
    return { testable, held, share: testable === 0 ? '' : rounded(held / testable, 3) };
  };
  const [learned, believed] = [count(told.filter((each) => each.learned)), count(told)];
  return {
    learned: learned.testable,
    held: learned.held,
    share: learned.share,
    believed: believed.testable,
    believedHeld: believed.held,
    believedShare: believed.share,
    untold: told.filter(({ held }) => held === null).length,
  };
}

interface Stretch {
  readonly learn: readonly Commit[];
  readonly hold: readonly Commit[];
}

/** Stretches of nine months, one after the other, with enough commits in both parts. */
function stretchesOf(commits: readonly Commit[]): Stretch[] {
  const found: Stretch[] = [];
  const [first, last] = [commits[0]!.at, commits.at(-1)!.at];
  for (let from = first; from + LEARN < last; from += LEARN + HOLD) {
    const learn = commits.filter(({ at }) => from <= at && at < from + LEARN);
    const hold = commits.filter(({ at }) => from + LEARN <= at && at < from + LEARN + HOLD);
    if (learn.length >= LEARN_COMMITS && hold.length >= HOLD_COMMITS) found.push({ learn, hold });
  }
  return found;
}

/** What is believed of them after these weeks, and what of it somebody who confirms all that is offered has learned. */
async function beliefsAfter(commits: readonly Commit[], { local }: Contributor) {
  await using t = await openHypotheses(commits, { local });
  const end = commits.at(-1)!.at + WEEK;
  for (let now = commits[0]!.at + WEEK; now <= end; now += WEEK) {
    await t.hypotheses.consider(now);
    for (const { id } of t.hypotheses.queue(now).items)
      await t.hypotheses.answer(id, { answer: 'confirm' }, now);
  }
  const believed = t.hypotheses.list().filter(({ status }) => status !== 'withdrawn');
  return believed.map((hypothesis) => ({ hypothesis, learned: t.learned.has(hypothesis.id) }));
}
