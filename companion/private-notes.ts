import { titleOf } from './kernel/index.ts';
import type { Loop } from './protocol/index.ts';
import type { Mind } from './store/index.ts';

/** Whispers and decisions whose record a person made private, by itself or with their loop. */
export interface PrivateNotes {
  readonly ids: ReadonlySet<string>;
  /** What a loop is called that was opened by one of them, by the loop's id. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

export const NO_NOTES: PrivateNotes = { ids: new Set(), names: new Map() };

export function privateNotes(mind: Mind): PrivateNotes {
  const sql = `SELECT origin AS id, whispers.loop, whispers.text FROM memories
    LEFT JOIN whispers ON whispers.id = memories.origin
    WHERE memories.private = 1 AND (origin GLOB 'whisper_*' OR origin GLOB 'decision_*')`;
  const rows = mind.read((r) => r.all<{ id: string; loop: string | null; text: string | null }>(sql));
  const names = new Map<string, string[]>();
  for (const { loop, text } of rows)
    if (loop !== null && text !== null) names.set(loop, [...(names.get(loop) ?? []), titleOf(text)]);
  return { ids: new Set(rows.map(({ id }) => id)), names };
}

/** Whether a loop is called by the words of a private note. Pure. */
export function isCalledBy({ id, title }: Pick<Loop, 'id' | 'title'>, { names }: PrivateNotes): boolean {
  return names.get(id)?.includes(title) ?? false;
}
