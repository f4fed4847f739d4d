import { type Spans, spanOf } from '../kernel/index.ts';
import type { MemoryGrowth, MemoryKind } from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import { confine, type Scope } from './scope.ts';

/** What is counted, as plain data: it is asked of another thread. */
export interface GrowthQuestion {
  readonly spans: Spans;
  readonly scope: Scope;
}

/** Every midnight there is, in whatever zone, begins one of these. */
const QUARTER = 15 * 60_000;

interface Group {
  readonly quarter: number;
  readonly kind: MemoryKind;
  readonly n: number;
}

/**
 * How many records were taken up in each span, by kind, and how many before the first. By the time of taking up, not
 * of happening: an import of old notes is growth of today. Reads all records once; for a thread that may take its time.
 */
export function readGrowth(reader: Reader, { spans, scope }: GrowthQuestion): MemoryGrowth {
  const within = confine(scope);
  const [from = spans.end] = spans.starts;
  const groups = reader.all<Group>(
    `SELECT CASE WHEN memories.recorded_at < ? THEN -1 ELSE memories.recorded_at / ${QUARTER} END AS quarter,
       memories.kind AS kind, count(*) AS n
     FROM memories WHERE true ${within.sql} GROUP BY 1, 2`,
    from,
    ...within.params,
  );
  return growthOf(groups, spans);
}

/** Puts counts by quarters of an hour into spans. Pure. */
export function growthOf(groups: readonly Group[], spans: Spans): MemoryGrowth {
  const counts = spans.starts.map(() => new Map<MemoryKind, number>());
  let [before, total] = [0, 0];
  for (const { quarter, kind, n } of groups) {
    total += n;
    const span = quarter < 0 ? undefined : counts[spanOf(spans, quarter * QUARTER)];
    if (span) span.set(kind, (span.get(kind) ?? 0) + n);
    else before += n;
  }
  return {
    step: spans.step,
    until: spans.end,
    before,
    total,
    spans: spans.starts.map((at, i) => ({
      at,
      kinds: [...counts[i]!].map(([kind, n]) => ({ kind, n })).sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    })),
  };
}
