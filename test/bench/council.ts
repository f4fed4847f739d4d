import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UNMEASURED } from '../../companion/council/fate-measures.ts';
import { randomInt, seededRandom } from '../../companion/kernel/index.ts';
import { figuresOf, type Judged } from './support/council/figures.ts';
import { gitLine } from './support/council/git-plumbing.ts';
import { fitLogistic, type Logistic, logOdds } from './support/council/logistic.ts';
import { type Observation, readObservations } from './support/council/observations.ts';
import { leansWithRecords } from './support/council/track-record.ts';
import { councilLean, MASKS, votesOf } from './support/council/voters.ts';
import { rounded } from './support/statistics.ts';

/** To be raised with every change of what is read from a repository. */
const FORMAT = 1;
const RESAMPLES = 2_000;
const FITTED = path.join(import.meta.dirname, 'support', 'council', 'fitted.json');

/**
 * Whether the council without a model tells to-do comments that will be done within a year from those that will not;
 * the method stands in docs/COUNCIL-BENCH.md. `council --repos DIR… [--fit DIR…] [--cache DIR] [--once]`: DIR is a
 * clone or a bare repository. `--fit`: the regression is fitted on these, and kept in `support/council/fitted.json`;
 * without it the kept one is used. `--once`: every comment counts at one of its snapshots only.
 */
export default async function council(args: readonly string[]) {
  const repos = list(args, 'repos');
  if (repos.length === 0)
    throw new Error('--repos is missing: give the folders of the repositories to judge.');
  const cache = list(args, 'cache')[0] ?? path.join(tmpdir(), 'progeny-council-bench');
  mkdirSync(cache, { recursive: true });
  const fit = list(args, 'fit');
  if (fit.length > 0) writeFileSync(FITTED, `${JSON.stringify(await fitOn(fit, cache), null, 2)}\n`);
  const fitted = JSON.parse(readFileSync(FITTED, 'utf8')) as Logistic;
  const judged: Judged[] = [];
  for (const folder of repos)
    judged.push(...judge(nameOf(folder), await observations(folder, cache), fitted));
  const counted = args.includes('--once') ? onceEach(judged) : judged;
  const rows = figuresOf(counted, RESAMPLES).map(({ auc, low, high, ...row }) => ({
    ...row,
    ...{ auc: rounded(auc, 3), low: rounded(low, 3), high: rounded(high, 3) },
  }));
  console.error(
    `${counted.length} observations of ${new Set(counted.map(({ comment }) => comment)).size} comments, ${counted.filter(({ positive }) => positive).length} done`,
  );
  return rows;
}

function judge(repo: string, observed: readonly Observation[], fitted: Logistic): Judged[] {
  const voted = observed.map((one) => ({
    at: one.at,
    positive: one.fate === 'done',
    votes: votesOf(one.measures),
  }));
  const withRecords = leansWithRecords(voted);
  return observed.map(({ comment, measures }, i) => {
    const { votes, positive } = voted[i]!;
    return {
      repo,
      comment: `${repo}/${comment}`,
      positive,
      scores: {
        council: councilLean(votes),
        'council with records': withRecords[i]!,
        ...Object.fromEntries(MASKS.map(({ name }, m) => [name, votes[m]!.opinion.lean])),
        age: -(measures.ageDays ?? 0),
        churn: measures.changes365 ?? 0,
        logistic: logOdds(fitted, measures),
      },
    };
  });
}

async function fitOn(folders: readonly string[], cache: string): Promise<Logistic> {
  const examples = [];
  for (const folder of folders) {
    for (const { measures, fate } of await observations(folder, cache)) {
      examples.push({ measures, positive: fate === 'done' });
    }
  }
  return fitLogistic(examples);
}

/** Read once for every head of a repository. */
async function observations(folder: string, cache: string): Promise<Observation[]> {
  const head = await gitLine(folder, ['rev-parse', 'HEAD']);
  const file = path.join(cache, `${nameOf(folder).replace('/', '+')}-${head.slice(0, 12)}-${FORMAT}.json`);
  if (!existsSync(file)) {
    const started = performance.now();
    const found = await readObservations(folder);
    writeFileSync(file, JSON.stringify(found));
    const seconds = Math.round((performance.now() - started) / 1000);
    console.error(`${nameOf(folder)}: ${found.length} observations in ${seconds} s`);
  }
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Observation[];
  return kept.map((one) => ({ ...one, measures: { ...UNMEASURED, ...one.measures } }));
}

/** One snapshot of each comment, by lot. */
function onceEach(judged: readonly Judged[]): Judged[] {
  const random = seededRandom(7);
  return [...Map.groupBy(judged, ({ comment }) => comment).values()].map(
    (some) => some[randomInt(random, some.length)]!,
  );
}

/** "owner+name" is the folder of owner/name. */
function nameOf(folder: string): string {
  return path
    .basename(path.resolve(folder))
    .replace(/\.git$/, '')
    .replace('+', '/');
}

/** What follows `--name`, up to the next option. */
function list(args: readonly string[], name: string): string[] {
  const start = args.indexOf(`--${name}`);
  if (start === -1) return [];
  const rest = args.slice(start + 1);
  const end = rest.findIndex((arg) => arg.startsWith('--'));
  return end === -1 ? rest : rest.slice(0, end);
}
