import { existsSync } from 'node:fs';
import { ProgenyError, type WheelConflict } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';
import type { KeptRun } from './run-files.ts';
import type { StoredRun } from './run-row.ts';
import { stepsTakenBack, type TakeBackOptions } from './take-back.ts';

/**
 * Takes back what a run changed between its two snapshots, wherever it is still so; of these files, or all of it. What it
 * left is told. May be called again: what is back already stays. Throws `workspace_gone`.
 */
export async function undoRun(
  id: string,
  only: readonly string[] | null,
  kept: KeptRun | null,
  options: TakeBackOptions,
): Promise<void> {
  const { wheel, runs } = options;
  const run = runs.get(id);
  if (!existsSync(run.root))
    throw new ProgenyError(
      'workspace_gone',
      `The folder "${run.root}" is not there, so nothing can be taken back.`,
    );
  if (run.before === null)
    throw new ProgenyError('conflict', 'There is no snapshot from before this run, so it cannot be undone.');
  const began = {
    act: 'undo',
    actor: 'person',
    real: true,
    result: 'began',
    data: { files: only?.length ?? null },
  };
  runs.note(id, began, { change: { undoing: { files: only }, reason: 'It is being taken back.' } });
  wheel.at?.('undoing');
  try {
    const after = run.after ?? (await wheel.snapshots.take(run.root, `found: ${run.recipe}`, id)).id;
    const what = only === null ? {} : { only: withSources(only, kept) };
    const { restored, conflicts } = await wheel.snapshots.restore(run.root, run.before, after, what);
    wheel.at?.('restored');
    finish(id, { only, kept, restored, conflicts }, options);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const failed = { act: 'undo', actor: 'person', real: true, result: 'failed' };
    runs.note(id, failed, {
      change: { undoing: null, reason: `Taking it back failed: ${why} Undo tries again.` },
    });
    throw error;
  }
  wheel.at?.('undone');
}

function finish(
  id: string,
  {
    only,
    kept,
    restored,
    conflicts,
  }: {
    only: readonly string[] | null;
    kept: KeptRun | null;
    restored: readonly string[];
    conflicts: readonly WheelConflict[];
  },
  { wheel, runs }: TakeBackOptions,
): void {
  const run = runs.get(id);
  const left = new Set(conflicts.map(({ path }) => path));
  const takenBack = [...new Set([...run.takenBack, ...(only ?? []).filter((path) => !left.has(path))])];
  const data = { restored: restored.length, conflicts: conflicts.length };
  const told = { act: 'undo', actor: 'person', real: true, result: 'done', data };
  const change = { undoing: null, reason: null, conflicts: [...conflicts], takenBack };
  if (only !== null && !isAll(run, takenBack, kept)) return void runs.note(id, told, { change });
  runs.move(id, 'undone', told, {
    change,
    outcome: run.status === 'done' ? 'undone' : null,
    tx: (tx) => dropThreads(tx, run, { wheel, runs }),
  });
}

/** Nothing is left of it: each of its files was taken back, and it did nothing else. */
function isAll(run: StoredRun, takenBack: readonly string[], kept: KeptRun | null): boolean {
  if (kept === null) return false;
  const effects = kept.preview.effects.length > 0;
  const files = kept.preview.files.map(({ path }) => path);
  const changed = files.filter((path) => run.accepted?.includes(path) ?? true);
  return !effects && changed.every((path) => takenBack.includes(path));
}

function dropThreads(
  tx: Transaction,
  run: StoredRun,
  { wheel, runs }: Pick<TakeBackOptions, 'wheel' | 'runs'>,
): void {
  for (const { undo } of runs.steps(run.id)) if (undo?.kind === 'loop') wheel.loops.drop(tx, undo.loop);
  stepsTakenBack(tx, run.id);
}

/** A file that moved goes back with where it was. */
function withSources(only: readonly string[], kept: KeptRun | null): string[] {
  const from = new Map(kept?.preview.files.map((file) => [file.path, file.from]));
  return only.flatMap((path) => [path, from.get(path) ?? []].flat());
}
