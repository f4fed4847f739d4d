import { councilLean, type Vote } from './voters.ts';

interface Voted {
  readonly at: number;
  readonly positive: boolean;
  readonly votes: readonly Vote[];
}

/**
 * The council's lean on each thread with weights from the track records as they stood at its date: votes of a snapshot
 * are scored a year later, that is, before the votes of the next. A vote to preserve is borne out by a thread that was
 * done, a vote to discard by one that was not. Weight clamp(2p, .5, 2), p the mean of Beta(2, 2) after hits and misses.
 * Pure.
 */
export function leansWithRecords(observations: readonly Voted[]): number[] {
  const records = new Map<string, { hits: number; misses: number }>();
  const leans = new Array<number>(observations.length);
  const snapshots = [...new Set(observations.map(({ at }) => at))].sort((a, b) => a - b);
  for (const snapshot of snapshots) {
    const now = observations.flatMap((one, index) => (one.at === snapshot ? [{ ...one, index }] : []));
    for (const { votes, index } of now)
      leans[index] = councilLean(votes, (voter) => weightOf(records.get(voter)));
    for (const { votes, positive } of now) {
      for (const { voter, opinion } of votes) {
        if (opinion.choice === null) continue;
        const { hits, misses } = records.get(voter) ?? { hits: 0, misses: 0 };
        const hit = (opinion.choice !== 'discard') === positive;
        records.set(voter, hit ? { hits: hits + 1, misses } : { hits, misses: misses + 1 });
      }
    }
  }
  return leans;
}

/** Pure. */
export function weightOf(record: { readonly hits: number; readonly misses: number } | undefined): number {
  const { hits, misses } = record ?? { hits: 0, misses: 0 };
  return Math.min(2, Math.max(0.5, (2 * (hits + 2)) / (hits + misses + 4)));
}
