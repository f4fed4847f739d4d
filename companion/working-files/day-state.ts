import { z } from 'zod';
import { id } from '../protocol/index.ts';
import type { Reader, Transaction } from '../store/index.ts';

/** What `now.md` keeps that is stored nowhere else. */
const dayState = z.object({
  /** The working day it is for, YYYY-MM-DD. */
  day: z.string().regex(/^\d{4,}-\d\d-\d\d$/),
  focus: z.string(),
  energy: z.string(),
  /** Loops in the order that the user gave them. */
  top: z.array(id),
  /** Whether free places of the top three are filled with the nearest loops. */
  fill: z.boolean(),
  /** Loops that were ticked off today; their lines stay until tomorrow. */
  done: z.array(id),
  /** Whatever else the user wrote into the file, verbatim. */
  notes: z.string(),
});
export type Day = z.infer<typeof dayState>;

export function newDay(day: string, top: readonly string[] = []): Day {
  return { day, focus: '', energy: '', top: [...top], fill: true, done: [], notes: '' };
}

/** Null where there is none yet, or none that can be understood. */
export function readDay(reader: Reader, workspaceId: string): Day | null {
  const row = reader.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key(workspaceId));
  if (!row) return null;
  try {
    return dayState.parse(JSON.parse(row.value));
  } catch {
    return null;
  }
}

export function writeDay(tx: Transaction, workspaceId: string, day: Day): void {
  tx.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', key(workspaceId), JSON.stringify(day));
  const { top, done } = day;
  tx.emit({
    type: 'now.changed',
    subject: workspaceId,
    data: { day: day.day, top: top.length, done: done.length },
  });
}

function key(workspaceId: string): string {
  return `now:${workspaceId}`;
}
