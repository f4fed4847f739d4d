import path from 'node:path';
import { VALIDATIONS_TO_LEARN } from '../../companion/hypotheses/index.ts';
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
const [LEARN_COMMITS, HOLD_COMMITS] = [100, 30];
const [SEEDS, COUNT] = [100, 20];

/**
 * Habits that were planted in generated histories, found within four weeks of nights; and, for each repository, those
 * learned from half a year of a contributor (who says Yes to all that is offered) and how many hold in the quarter after.
 * Each contributor's whole history is cut into stretches of nine months. `habits [--seed N] [--count N] [--repo DIR]...`.
 */
export default async function habits(args: readonly string[]) {
  const repositories = args.flatMap((arg, i) => (args[i - 1] === '--repo' ? [arg] : []));
  if (repositories.length === 0) return planted(args);
  const rows = [];
  for (const folder of repositories) rows.push(...(await repository(folder)));
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
  const rows = [];
  const name = path.basename(path.resolve(folder));
  const byGenerator = new Map<string, { learned: number; held: number; untold: number }>();
  for (const [index, person] of contributorsOf(folder).entries()) {
    const counts = { stretches: 0, formed: 0, learned: 0, held: 0, untold: 0 };
    for (const stretch of stretchesOf(person.commits)) {
      const { formed, learned } = await learnedFrom(stretch.learn, person);
      counts.stretches++;
      counts.formed += formed;
      for (const hypothesis of learned) {
        const held = holds(hypothesis, stretch.hold, person.local);
        const kind = byGenerator.get(hypothesis.generator) ?? { learned: 0, held: 0, untold: 0 };
        byGenerator.set(hypothesis.generator, kind);
        for (const sum of [counts, kind])
          if (held === null) sum.untold++;
          else {
            sum.learned++;
            if (held) sum.held++;
          }
      }
    }
    if (counts.stretches > 0)
      rows.push({ repository: name, contributor: String(index + 1), ...counts, ...share(counts) });
  }
  for (const [generator, counts] of byGenerator)
    rows.push({
      repository: name,
      contributor: generator,
      stretches: 0,
      formed: 0,
      ...counts,
      ...share(counts),
    });
  return rows;
}

function share({ learned, held }: { learned: number; held: number }) {
  return { share: learned === 0 ? '' : rounded(held / learned, 3) };
}

/** Stretches of nine months, one after the other, with enough commits in both parts. */
function stretchesOf(commits: readonly Commit[]): { learn: Commit[]; hold: Commit[] }[] {
  const found = [];
  const [first, last] = [commits[0]!.at, commits.at(-1)!.at];
  for (let from = first; from + LEARN < last; from += LEARN + HOLD) {
    const learn = commits.filter(({ at }) => from <= at && at < from + LEARN);
    const hold = commits.filter(({ at }) => from + LEARN <= at && at < from + LEARN + HOLD);
    if (learn.length >= LEARN_COMMITS && hold.length >= HOLD_COMMITS) found.push({ learn, hold });
  }
  return found;
}

/** What somebody who confirms whatever is offered has learned of them after these weeks. */
async function learnedFrom(commits: readonly Commit[], { local }: Contributor) {
  await using t = await openHypotheses(commits, { local });
  const end = commits.at(-1)!.at + WEEK;
  for (let now = commits[0]!.at + WEEK; now <= end; now += WEEK) {
    await t.hypotheses.consider(now);
    for (const { id } of t.hypotheses.queue(now).items)
      await t.hypotheses.answer(id, { answer: 'confirm' }, now);
  }
  const all = t.hypotheses.list();
  const learned = all.filter(
    ({ id, validations }) => t.learned.has(id) && validations >= VALIDATIONS_TO_LEARN,
  );
  return { formed: all.length, learned };
}
