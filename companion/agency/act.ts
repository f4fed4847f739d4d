import type { WheelConflict, WheelStep } from '../protocol/index.ts';
import { Halt } from './halt.ts';
import { contextOf, LeaveAsker } from './leave.ts';
import { needsOf } from './needs.ts';
import type { WheelOptions } from './parts.ts';
import { doneReport } from './report.ts';
import type { KeptRun, RunFiles } from './run-files.ts';
import type { StepUndo, StoredRun } from './run-row.ts';
import type { Runs } from './runs.ts';
import type { ChangeSet, FileEdit, GitHands, GitUndo, Intend } from './types.ts';
import { verifiedWords } from './verified-words.ts';
import { changedVerifyFiles } from './verify-files.ts';

export interface ActOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
  readonly signal: AbortSignal;
}
/** How far a run came: what taking it back has to know. */
export interface Progress {
  verified: string | null;
}

/** The folder is another than the one that was previewed. */
export class Outdated extends Halt {
  readonly conflicts: readonly WheelConflict[];

  constructor(conflicts: readonly WheelConflict[]) {
    super('outdated', 'The folder changed since the preview, so nothing was written. Ask for it again.');
    this.conflicts = conflicts;
  }
}

const MINUTE = 60_000;

/**
 * Does for real what was previewed: snapshot, files, branches and threads, verification, snapshot, report. Asks for
 * leave before each. Throws where it cannot go on; whoever called takes back what was done until then.
 */
export async function act(
  id: string,
  { kept, edits }: { readonly kept: KeptRun; readonly edits: readonly FileEdit[] },
  options: ActOptions,
  progress: Progress,
): Promise<void> {
  const { wheel, runs, files, signal } = options;
  const at = (point: string) => {
    wheel.at?.(point);
    signal.throwIfAborted();
  };
  const leave = new LeaveAsker(wheel.authority, needsOf(kept.plan, edits));
  const { root } = runs.get(id);
  const paths = edits.map(({ path }) => path);
  at('began');
  if (paths.length > 0) leave.apply(runs.get(id), paths);
  const { plan, verifies } = kept;
  const others = verifies ? await changedVerifyFiles(root, plan.verify, verifies, paths) : [];
  if (others.length > 0) throw new Outdated(others);
  const before = await wheel.snapshots.take(root, `before ${runs.get(id).recipe}`, id, signal);
  runs.note(id, told('snapshot', 'before', { snapshot: before.id }), { change: { before: before.id } });
  at('snapshot');
  if (paths.length > 0) {
    leave.apply(runs.get(id), paths);
    await writeFiles(id, root, files.changes(id, edits), options);
  }
  at('written');
  for (const [n, step] of kept.plan.steps.entries()) {
    if (!isReal(step)) continue;
    at(`step ${step.tool}`);
    leave.step(runs.get(id), step, { real: true });
    await takeStep(id, n, step, kept, edits, options);
    at(`stepped ${step.tool}`);
  }
  const { verify } = kept.plan;
  if (verify) {
    leave.verify(runs.get(id), verify);
    runs.move(id, 'verifying', { ...told('verify', 'began'), tool: 'command' });
    at('verifying');
    const network = wheel.network?.(verify, contextOf(runs.get(id), true)) ?? false;
    const result = await wheel.programs.run(verify, { root, network, signal });
    at('verified');
    progress.verified = verifiedWords(verify, result);
    const passed = result.ended === 'exit' && result.code === 0;
    const { code, ended, ms, killed } = result;
    runs.note(
      id,
      { ...told('verify', passed ? 'passed' : 'failed', { code, ended, ms, killed }), tool: 'command' },
      { change: { verified: passed } },
    );
    if (!passed) throw new Halt('unverified', 'because its verification failed');
  }
  const after = await wheel.snapshots.take(root, `after ${runs.get(id).recipe}`, id, signal);
  at('reporting');
  report(id, { kept, edits }, after.id, leave, options, progress);
  wheel.at?.('reported');
}

/** How many of the files that were shown it changed. */
function filesOf({ accepted }: StoredRun, { preview }: KeptRun): number {
  return accepted === null
    ? preview.files.length
    : preview.files.filter(({ path }) => accepted.includes(path)).length;
}

/** One row for each file before the first byte: what is not in the journal was never touched. */
async function writeFiles(id: string, root: string, changes: ChangeSet, options: ActOptions): Promise<void> {
  const { wheel, runs, signal } = options;
  let journaled = false;
  const journal = () => {
    if (journaled) return;
    journaled = true;
    runs.note(id, told('write', 'began', { files: changes.edits.length }), {
      tx: (tx) => {
        for (const { path } of changes.edits)
          tx.run('INSERT OR IGNORE INTO wheel_writes (run, path) VALUES (?, ?)', id, path);
      },
    });
  };
  const conflicts = await wheel.writer.apply(root, changes, {
    signal,
    writing: () => {
      journal();
      wheel.at?.('writing');
    },
    written: (path) => {
      wheel.mind.record((writer) =>
        writer.run('UPDATE wheel_writes SET written = 1 WHERE run = ? AND path = ?', id, path),
      );
      wheel.at?.('one written');
    },
  });
  if (conflicts.length > 0) throw new Outdated(conflicts);
  signal.throwIfAborted();
  runs.note(id, told('write', 'done', { files: changes.edits.length }), {
    tx: (tx) => {
      tx.run("UPDATE wheel_steps SET status = 'done' WHERE run = ? AND status = 'rehearsed'", id);
    },
  });
}

type RealStep = Extract<WheelStep, { tool: 'branch' | 'commit' | 'delete_branch' | 'open_loop' }>;

/** What concerns branches and threads, and was not rehearsed. */
export function isReal(step: WheelStep): step is RealStep {
  return ['branch', 'commit', 'delete_branch', 'open_loop'].includes(step.tool);
}

async function takeStep(
  id: string,
  n: number,
  step: RealStep,
  { plan }: KeptRun,
  edits: readonly FileEdit[],
  { wheel, runs, signal }: ActOptions,
): Promise<void> {
  const { root, workspace } = runs.get(id);
  const row = (result: string) => ({ ...told('step', result, { n }), tool: step.tool });
  if (step.tool === 'open_loop') {
    const open = await wheel.loops.prepare(root, workspace, step);
    runs.note(id, row('done'), {
      tx: (tx) => {
        const undo: StepUndo = { kind: 'loop', loop: open(tx) };
        tx.run(
          "UPDATE wheel_steps SET status = 'done', undo = ? WHERE run = ? AND n = ?",
          JSON.stringify(undo),
          id,
          n,
        );
      },
    });
    return;
  }
  runs.step(id, n, { status: 'running' }, row('began'));
  wheel.at?.(`began ${step.tool}`);
  const intend = (git: GitUndo) => runs.step(id, n, { status: 'running', undo: { kind: 'git', git } }, null);
  const undo = await gitStep(step, root, plan.steps.slice(0, n), { edits, intend, git: wheel.git });
  wheel.at?.(`ended ${step.tool}`);
  runs.step(id, n, { status: 'done', undo }, row('done'));
  signal.throwIfAborted();
}

async function gitStep(
  step: Exclude<RealStep, { tool: 'open_loop' }>,
  root: string,
  earlier: readonly WheelStep[],
  { edits, intend, git }: { edits: readonly FileEdit[]; intend: Intend; git: GitHands },
): Promise<StepUndo> {
  switch (step.tool) {
    case 'branch':
      return { kind: 'git', git: await git.branch(root, step.name, intend) };
    case 'commit': {
      const branch = earlier.findLast((each) => each.tool === 'branch');
      if (!branch) throw new Halt('failed', 'A run commits only on a branch that it made, and it made none.');
      const paths = edits.map(({ path }) => path);
      const { commit, ...undo } = await git.commit(root, branch.name, step.message, paths, intend);
      return { kind: 'git', git: undo, commit };
    }
    case 'delete_branch':
      return { kind: 'git', git: await git.deleteBranch(root, step.name, step.at, step.mergedInto, intend) };
  }
}

function report(
  id: string,
  { kept, edits }: { readonly kept: KeptRun; readonly edits: readonly FileEdit[] },
  after: string,
  leave: LeaveAsker,
  { wheel, runs }: ActOptions,
  { verified }: Progress,
): StoredRun {
  const run = runs.get(id);
  const recipe = wheel.recipes.find(({ name }) => name === run.recipe) ?? null;
  const steps = runs.steps(id);
  const text = doneReport({
    ...{ run, kept, edits, steps, verified, recipe },
    containment: wheel.programs.containment,
  });
  const undoUntil = wheel.clock.now() + wheel.settings().undoMinutes * MINUTE;
  return runs.move(
    id,
    'reported',
    told('reported', 'done', { files: edits.length, verified: run.verified }),
    {
      change: { after, report: text, undoUntil, files: filesOf(run, kept) },
      tx: (tx) => wheel.authority.used(tx, [...leave.grants]),
    },
  );
}

function told(
  act: string,
  result: string,
  data?: Readonly<Record<string, string | number | boolean | null>>,
) {
  return { act, result, real: true, ...(data && { data }) };
}
