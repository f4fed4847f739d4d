import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProgenyError, type WheelConflict } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';
import type { KeptRun } from './run-files.ts';
import type { StoredRun } from './run-row.ts';
import { acceptedEdits, stepsTakenBack, type TakeBackOptions, takeBackOwn } from './take-back.ts';

const MOST_LEFT = 500;

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
    const chosen = only === null ? null : withSources(only, kept);
    const { restored, conflicts } = await (run.after === null
      ? undoOwn(id, chosen, kept, run.before, options)
      : undoBetween(run, chosen, kept, { before: run.before, after: run.after }, options));
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

interface Undone {
  readonly restored: readonly string[];
  readonly conflicts: readonly WheelConflict[];
}

/** All that changed between the snapshots, but for what the user is known to have saved. */
async function undoBetween(
  run: StoredRun,
  only: readonly string[] | null,
  kept: KeptRun | null,
  { before, after }: { readonly before: string; readonly after: string },
  { wheel }: TakeBackOptions,
): Promise<Undone> {
  const saved = savedSince(run, kept, wheel);
  const differing = saved.size === 0 ? [] : await wheel.snapshots.differences(run.root, before, after);
  const except = differing.filter((path) => saved.has(path) && (only?.includes(path) ?? true));
  const what = { ...(only !== null && { only }), ...(except.length > 0 && { except }) };
  const { restored, conflicts } = await wheel.snapshots.restore(run.root, before, after, what);
  const why = 'You saved it while the run was at work, or since.';
  return { restored, conflicts: [...conflicts, ...except.map((path) => ({ path, why }))] };
}

/** Saved by the user since the run began, and not what the run itself wrote there. */
function savedSince(run: StoredRun, kept: KeptRun | null, wheel: TakeBackOptions['wheel']): Set<string> {
  const saved = wheel.saved?.(run.root, run.beganAt ?? 0) ?? new Set<string>();
  const own = new Map(kept && acceptedEdits(kept, run.accepted).map(({ path, after }) => [path, after]));
  return new Set([...saved].filter((path) => !isStill(run.root, path, own.get(path)?.digest)));
}

function isStill(root: string, file: string, digest: string | undefined): boolean {
  if (digest === undefined) return false;
  try {
    return (
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest('hex') === digest
    );
  } catch {
    // It is gone, or something else stands there.
    return false;
  }
}

/**
 * Where it is not known how the run left the folder, only what it wrote itself is surely its own. What else differs from
 * before may be hours of the user's work: it is told and left.
 */
async function undoOwn(
  id: string,
  only: readonly string[] | null,
  kept: KeptRun | null,
  before: string,
  options: TakeBackOptions,
): Promise<Undone> {
  const { wheel, runs } = options;
  const { root, recipe } = runs.get(id);
  const { put, conflicts } = await takeBackOwn(id, kept, options, only);
  const now = await wheel.snapshots.take(root, `found: ${recipe}`, id);
  const named = new Set(conflicts.map(({ path }) => path));
  const left = (await wheel.snapshots.differences(root, before, now.id)).filter(
    (path) => !named.has(path) && (only?.includes(path) ?? true),
  );
  const why = 'It differs from before the run, and who changed it cannot be told.';
  return {
    restored: put,
    conflicts: [...conflicts, ...left.slice(0, MOST_LEFT).map((path) => ({ path, why }))],
  };
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
