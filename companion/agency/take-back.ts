import type { WheelConflict } from '../protocol/index.ts';
import type { Transaction } from '../store/index.ts';
import type { WheelOptions } from './parts.ts';
import type { KeptRun, RunFiles } from './run-files.ts';
import { writesOf } from './run-row.ts';
import type { Runs } from './runs.ts';
import type { FileEdit } from './types.ts';

export interface TakeBackOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
}

/** What was put back, what was in the way, and what else differs from before. */
export interface TakenBack {
  readonly put: readonly string[];
  readonly conflicts: readonly WheelConflict[];
  readonly left: readonly string[];
  /** Snapshot of how it stood until then, where more than the run's own writes was put back. */
  readonly until?: string | null;
}

/**
 * Takes back what is surely a run's own: refs that still stand where it moved them, files that it wrote and that still
 * have its bytes, threads that it opened. May be called again.
 */
export async function takeBackOwn(
  id: string,
  kept: KeptRun | null,
  { wheel, runs, files }: TakeBackOptions,
  /** Only these files, and no step. */
  only: readonly string[] | null = null,
): Promise<Pick<TakenBack, 'put' | 'conflicts'> & { readonly inTheWay: readonly WheelConflict[] }> {
  const run = runs.get(id);
  const conflicts: WheelConflict[] = [];
  const steps = only === null ? runs.steps(id) : [];
  for (const { n, tool, undo } of steps.toReversed()) {
    if (undo === null) continue;
    if (undo.kind === 'git') conflicts.push(...(await wheel.git.takeBack(run.root, undo.git)));
    const row = { act: 'step', tool, real: true, result: 'taken back', data: { n } };
    runs.step(id, n, { status: 'taken_back', undo: null }, row, (tx) => {
      if (undo.kind === 'loop') wheel.loops.drop(tx, undo.loop);
    });
    wheel.at?.('step taken back');
  }
  const begun = kept ? journaledEdits(id, kept, wheel) : [];
  const edits = only === null ? begun : begun.filter(({ path }) => only.includes(path));
  if (edits.length === 0) return { put: [], conflicts, inTheWay: [] };
  const inTheWay = await wheel.writer.takeBack(run.root, files.changes(id, edits));
  wheel.at?.('files taken back');
  const left = new Set(inTheWay.map(({ path }) => path));
  return {
    put: edits.map(({ path }) => path).filter((path) => !left.has(path)),
    conflicts: [...conflicts, ...inTheWay],
    inTheWay,
  };
}

/** What was done or half done is not so any more. */
export function stepsTakenBack(tx: Transaction, run: string): void {
  tx.run("UPDATE wheel_steps SET status = 'taken_back' WHERE run = ? AND status IN ('done', 'running')", run);
}

/** Files that it began to write, and no others. */
function journaledEdits(id: string, { edits }: KeptRun, { mind }: WheelOptions): FileEdit[] {
  const begun = new Set(mind.read((reader) => writesOf(reader, id)));
  return edits.filter(({ path }) => begun.has(path));
}

/** The edits that a run may make: all, or those of the files that were accepted. */
export function acceptedEdits({ edits }: KeptRun, accepted: readonly string[] | null): FileEdit[] {
  return accepted === null ? [...edits] : edits.filter(({ path }) => accepted.includes(path));
}

/**
 * Takes back all that changed in the folder since a run began, the marks of its programs too; but for files that the
 * user is known to have saved meanwhile, and for the repository's own state, where a commit of the user's may stand.
 */
export async function takeBackAll(
  id: string,
  kept: KeptRun | null,
  options: TakeBackOptions,
): Promise<TakenBack> {
  const { wheel, runs } = options;
  const own = await takeBackOwn(id, kept, options);
  const run = runs.get(id);
  if (run.before === null || run.status !== 'verifying') return { ...own, left: [] };
  const now = await wheel.snapshots.take(run.root, `taken back: ${run.recipe}`, id);
  const differing = await wheel.snapshots.differences(run.root, run.before, now.id);
  const saved = wheel.saved?.(run.root, run.beganAt ?? 0) ?? new Set<string>();
  const except = differing.filter((path) => saved.has(path));
  // What nobody saved was changed by the run's programs, in files that the run wrote, too.
  const { restored, conflicts } = await wheel.snapshots.restore(run.root, run.before, now.id, {
    repository: false,
    ...(except.length > 0 && { except }),
  });
  wheel.at?.('marks taken back');
  const back = new Set(restored);
  const still = own.conflicts.filter((each) => !(own.inTheWay.includes(each) && back.has(each.path)));
  const told = [...still, ...conflicts];
  const isTold = (path: string) =>
    told.some((each) => each.path === path || (each.path.endsWith('/') && path.startsWith(each.path)));
  return {
    put: [...new Set([...own.put, ...restored])],
    conflicts: told,
    left: differing.filter((path) => (isRepository(path) || saved.has(path)) && !isTold(path)),
    until: restored.length > 0 ? now.id : null,
  };
}

/** Of a repository's own state: refs, HEAD, index, reflogs. */
export function isRepository(path: string): boolean {
  return /(?:^|\/)\.git\//.test(path);
}
