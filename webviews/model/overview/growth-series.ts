import type { MemoryGrowth, MemoryKind } from '../../../companion/protocol/index.ts';
import { dayName } from '../time.ts';

type Span = MemoryGrowth['spans'][number];

/** How many were taken up in a span, of one kind or in all. Pure. */
export function takenUp({ kinds }: Span, kind?: MemoryKind): number {
  return kinds.reduce((sum, each) => (kind === undefined || each.kind === kind ? sum + each.n : sum), 0);
}

/** How many there were at the end of each span. Pure. */
export function standing({ spans, before }: MemoryGrowth): number[] {
  let sum = before;
  return spans.map((span) => {
    sum += takenUp(span);
    return sum;
  });
}

/** The kinds that grew, with how much; the most first. Pure. */
export function grownKinds({ spans }: MemoryGrowth): { kind: MemoryKind; n: number }[] {
  const sums = new Map<MemoryKind, number>();
  for (const { kinds } of spans) for (const { kind, n } of kinds) sums.set(kind, (sums.get(kind) ?? 0) + n);
  return [...sums].map(([kind, n]) => ({ kind, n })).sort((a, b) => b.n - a.n || (a.kind < b.kind ? -1 : 1));
}

interface Spanned {
  readonly step: 'day' | 'week';
  readonly until: number;
  readonly spans: readonly { readonly at: number }[];
}

/** Where a span stands on the axis of time: in its middle. Pure. */
export function middles({ spans, until }: Spanned): number[] {
  return spans.map(({ at }, i) => Math.round((at + (spans[i + 1]?.at ?? until)) / 2));
}

/** "Mon 3 Nov", "week from Mon 3 Nov". */
export function spanName({ step, spans }: Spanned, point: number, now: number, zone?: string): string {
  const at = spans[point]?.at ?? now;
  return step === 'day' ? dayName(at, now, zone) : `week from ${dayName(at, now, zone)}`;
}
