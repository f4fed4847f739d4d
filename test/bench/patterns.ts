// Patterns on labelled streams: --from SEED --to SEED, three developers each. With --repo PATH (again and again) on the
// commit histories of repositories: how many an active week; --list also names ten of them, evenly spread.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { explain } from '../../companion/patterns/index.ts';
import { patternKind } from '../../companion/protocol/index.ts';
import type { Bench, BenchRow } from '../../scripts/bench.ts';
import { labelledCases } from '../support/streams/labelled-patterns.ts';
import { commitStream } from './support/commit-stream.ts';
import { contextAt, figuresOf, judge, play, type Verdict } from './support/pattern-figures.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const EACH_SEED = 3;
const LISTED = 10;

const bench: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      repo: { type: 'string', multiple: true },
      from: { type: 'string', default: '100' },
      to: { type: 'string', default: '119' },
      list: { type: 'boolean', default: false },
    },
  });
  if (!values.repo) return labelled(Number(values.from), Number(values.to));
  const rows: BenchRow[] = [];
  for (const folder of values.repo) rows.push(await ofRepository(folder, values.list));
  return rows;
};
export default bench;

function labelled(from: number, to: number): BenchRow[] {
  const verdicts: Verdict[] = [];
  for (let seed = from; seed <= to; seed++) {
    for (const stream of labelledCases({ seed, count: EACH_SEED })) {
      const found = play(stream.events, contextAt(stream.offsetMinutes), stream);
      for (const kind of patternKind.options) verdicts.push(judge(stream, found, kind));
    }
  }
  return patternKind.options.map((kind) => {
    const { precision, recall, planted, found } = figuresOf(verdicts, kind);
    return { pattern: kind, precision: round(precision), recall: round(recall), planted, found };
  });
}

async function ofRepository(folder: string, list: boolean): Promise<BenchRow> {
  const { contributor, commits, events, from, until } = await commitStream(folder);
  const context = contextAt(0);
  const found = play(events, context, { from, until });
  const weeks = new Set(commits.map(({ authoredAt }) => Math.floor(authoredAt / WEEK_MS))).size;
  if (list) {
    const every = Math.max(1, Math.floor(found.length / LISTED));
    for (const pattern of found.filter((_, i) => i % every === 0).slice(0, LISTED)) {
      const when = new Date(pattern.at).toISOString().slice(0, 16);
      console.error(
        `${when} ${pattern.kind} ${pattern.subject}: ${explain(pattern, pattern.at, context.local)}`,
      );
    }
  }
  return {
    repository: path.basename(folder),
    contributor,
    commits: commits.length,
    weeks,
    ...Object.fromEntries(
      patternKind.options.map((kind) => [kind, found.filter((p) => p.kind === kind).length]),
    ),
    perWeek: round(found.length / weeks),
    above5: [...Map.groupBy(found, ({ at }) => Math.floor(at / WEEK_MS)).values()].filter((w) => w.length > 5)
      .length,
  };
}

function round(figure: number): number {
  return Math.round(figure * 1000) / 1000;
}
