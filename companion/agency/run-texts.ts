import type { Reader } from '../store/index.ts';

/** What stands in the store of a run in words, for finding those that are to be forgotten. */
export interface RunText {
  readonly id: string;
  /** Who asked: by what name, and as what. */
  readonly name: string;
  readonly by: string;
  readonly at: number;
  readonly sentence: string;
  /** The vote that was held on it; null for none. */
  readonly proposal: string | null;
  /** Everything that it says: the sentence, why it was asked for, its steps, its report, the names of its files. */
  readonly text: string;
}

/** Of one folder, or of all. */
export function runTexts(reader: Reader, workspace: string | null): RunText[] {
  return reader.all<RunText>(
    `SELECT id, asked_name AS name, asked_by AS by, created_at AS at, sentence, proposal,
       concat_ws(' ', sentence, destination, asked_why, reason, report, conflicts, accepted, taken_back,
         (SELECT group_concat(concat_ws(' ', words, note), ' ') FROM wheel_steps WHERE run = wheel_runs.id),
         (SELECT group_concat(path, ' ') FROM wheel_writes WHERE run = wheel_runs.id)) AS text
     FROM wheel_runs WHERE ? IS NULL OR workspace = ? ORDER BY created_at, id`,
    workspace,
    workspace,
  );
}
