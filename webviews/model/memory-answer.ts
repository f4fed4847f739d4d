import type { MemoryRecord, RecallOutput, ScoreParts } from '../../companion/protocol/index.ts';
import { count } from './words.ts';

/** A record as a list shows it. */
export interface Shown {
  readonly record: MemoryRecord;
  /** Why it was found; null where nothing was asked. */
  readonly parts: ScoreParts | null;
}

export interface MemoryAnswer {
  /** There was a question; otherwise these are the newest. */
  readonly asked: boolean;
  readonly shown: readonly Shown[];
  /** What closed the facts among them, by id. */
  readonly successors: ReadonlyMap<string, MemoryRecord>;
  /** By what means it was found; null where nothing was asked. */
  readonly means: Pick<RecallOutput, 'meaning' | 'covered' | 'note'> | null;
}

/** "12 memories found", "The newest 50 memories". */
export function answerWords({ asked, shown }: MemoryAnswer): string {
  const { length } = shown;
  if (length === 0) return asked ? 'Nothing found' : 'Nothing remembered yet';
  return asked
    ? `${count(length, 'memory', 'memories')} found`
    : `The newest ${count(length, 'memory', 'memories')}`.replace(/ 1 memory$/, ' memory');
}

/** The answer with the companion's own picture of a record that changed. */
export function withRecord(answer: MemoryAnswer, saved: MemoryRecord): MemoryAnswer {
  const shown = answer.shown.map((each) => (each.record.id === saved.id ? { ...each, record: saved } : each));
  return { ...answer, shown };
}

export function withoutRecords(answer: MemoryAnswer, ids: readonly string[]): MemoryAnswer {
  return { ...answer, shown: answer.shown.filter(({ record }) => !ids.includes(record.id)) };
}
