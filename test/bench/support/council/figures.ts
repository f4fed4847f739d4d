import { type Random, seededRandom } from '../../../../companion/kernel/index.ts';
import { interval, RankedScores, resample } from './bootstrap.ts';

/** One observation with what each voter said of it: higher is more likely to be done. */
export interface Judged {
  readonly repo: string;
  /** One comment, at whatever snapshots. */
  readonly comment: string;
  readonly positive: boolean;
  readonly scores: Readonly<Record<string, number>>;
}

/** `low` and `high` hold 95 of 100 resamples. `n` observations. */
export interface Figure {
  readonly repo: string;
  readonly voter: string;
  readonly n: number;
  readonly auc: number;
  readonly low: number;
  readonly high: number;
}

const SEED = 5;
/** Of a kind; a repository with fewer has no figure of its own and does not count in the mean. */
const LEAST = 10;
/** What is to be beaten: the best of these in either direction, chosen anew, in its own favour, in every resample. */
const SIMPLE = ['age', 'churn'];
export const BETTER = 'better of age and churn';

/**
 * For each repository, its own; `all`: all observations in one; `mean`: the mean of the repositories' own. For the last two
 * also the council less the better of age and churn, within each resample.
 */
export function figuresOf(judged: readonly Judged[], resamples: number): Figure[] {
  const voters = Object.keys(judged[0]?.scores ?? {});
  const positive = judged.map((one) => one.positive);
  const ranked = new Map(
    voters.map((voter) => [
      voter,
      new RankedScores(
        judged.map(({ scores }) => scores[voter]!),
        positive,
      ),
    ]),
  );
  const repos = [...Map.groupBy(judged.entries(), ([, { repo }]) => repo)].map(([repo, entries]) => {
    const indices = entries.map(([index]) => index);
    const comments = [...Map.groupBy(indices, (index) => judged[index]!.comment).values()];
    const done = indices.filter((index) => positive[index]).length;
    return { repo, indices, comments, telling: Math.min(done, indices.length - done) >= LEAST };
  });
  const telling = repos.filter((repo) => repo.telling);
  const own = new Map(
    telling.map(({ repo, indices, comments }) => {
      const part = new Map(
        voters.map((voter) => [
          voter,
          new RankedScores(
            indices.map((i) => judged[i]!.scores[voter]!),
            indices.map((i) => positive[i]!),
          ),
        ]),
      );
      const place = new Map(indices.map((index, i) => [index, i]));
      return [
        repo,
        { part, comments: comments.map((some) => some.map((i) => place.get(i)!)), n: indices.length },
      ];
    }),
  );
  const random = seededRandom(SEED);
  const figures: Figure[] = [];
  for (const [repo, { part, comments, n }] of own) {
    figures.push(...summary(repo, n, (counts) => aucs(part, counts), [comments], resamples, random));
  }
  const all = repos.map(({ comments }) => comments);
  figures.push(...summary('all', judged.length, (counts) => aucs(ranked, counts), all, resamples, random));
  figures.push(...mean([...own.values()], resamples, random));
  return figures;
}

type Aucs = Map<string, number | null>;

function aucs(ranked: ReadonlyMap<string, RankedScores>, counts: Uint16Array | null): Aucs {
  return withDifference(new Map([...ranked].map(([voter, scores]) => [voter, scores.auc(counts)])));
}

/** Adds the better of age and churn, and what the council and others are above it. */
function withDifference(found: Aucs): Aucs {
  const simple = SIMPLE.flatMap((voter) => found.get(voter) ?? []).map((auc) => Math.max(auc, 1 - auc));
  if (simple.length < SIMPLE.length) return found;
  const better = Math.max(...simple);
  const told = found.get('council');
  if (typeof told === 'number')
    SIMPLE.forEach((voter, i) => void found.set(`council - ${voter}`, told - simple[i]!));
  found.set(BETTER, better);
  for (const voter of ['council', 'council with records', 'logistic']) {
    const auc = found.get(voter);
    if (auc !== undefined && auc !== null) found.set(`${voter} - better`, auc - better);
  }
  const [council, records] = [found.get('council'), found.get('council with records')];
  if (typeof council === 'number' && typeof records === 'number')
    found.set('records - none', records - council);
  return found;
}

function summary(
  repo: string,
  n: number,
  measure: (counts: Uint16Array | null) => Aucs,
  clusters: readonly (readonly (readonly number[])[])[],
  resamples: number,
  random: Random,
): Figure[] {
  const drawn = Array.from({ length: resamples }, () => measure(resample(clusters, n, random)));
  return rows(repo, n, measure(null), drawn);
}

interface Own {
  readonly part: ReadonlyMap<string, RankedScores>;
  readonly comments: readonly (readonly number[])[];
  readonly n: number;
}

/** The mean over repositories of their own AUCs; the better of age and churn is that of the means. */
function mean(repos: readonly Own[], resamples: number, random: Random): Figure[] {
  const means = (found: readonly Map<string, number | null>[]): Aucs =>
    withDifference(
      new Map(
        [...(found[0]?.keys() ?? [])].map((voter) => {
          const known = found.flatMap((one) => one.get(voter) ?? []);
          return [voter, known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length];
        }),
      ),
    );
  const plain = ({ part }: Own, counts: Uint16Array | null) =>
    new Map([...part].map(([voter, scores]) => [voter, scores.auc(counts)]));
  const drawn = Array.from({ length: resamples }, () =>
    means(
      repos.map(() => {
        const repo = repos[Math.floor(random.next() * repos.length)]!;
        return plain(repo, resample([repo.comments], repo.n, random));
      }),
    ),
  );
  const n = repos.reduce((sum, repo) => sum + repo.n, 0);
  return rows('mean', n, means(repos.map((repo) => plain(repo, null))), drawn);
}

function rows(repo: string, n: number, measured: Aucs, drawn: readonly Aucs[]): Figure[] {
  return [...measured].flatMap(([voter, auc]): Figure[] => {
    if (auc === null) return [];
    const { low, high } = interval(drawn.flatMap((one) => one.get(voter) ?? []));
    return [{ repo, voter, n, auc, low, high }];
  });
}
