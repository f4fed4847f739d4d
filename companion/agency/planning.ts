import { count } from '../kernel/index.ts';
import type { WheelStep } from '../protocol/index.ts';
import { Halt } from './halt.ts';
import { contextOf, LeaveAsker } from './leave.ts';
import { needsOf } from './needs.ts';
import type { WheelOptions } from './parts.ts';
import { LookingWorld } from './plan-world.ts';
import { makePreview } from './preview.ts';
import { rehearse } from './rehearse.ts';
import type { RunFiles } from './run-files.ts';
import type { Runs } from './runs.ts';
import type { Plan, Recipe, StepNeed } from './types.ts';

export interface PlanningOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
  readonly signal: AbortSignal;
}

/**
 * Makes out what a run would do: the recipe's plan, carried out on a copy. On return it waits for a person; true where
 * silence is consent. Throws `Halt` where leave is refused, and whatever the recipe or a step ran into.
 */
export async function planRun(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  { wheel, runs, files, signal }: PlanningOptions,
): Promise<boolean> {
  const leave = new LeaveAsker(wheel.authority);
  const { root, origin } = runs.get(id);
  const plan = await makePlan(id, recipe, given, { wheel, runs, files, signal }, leave);
  signal.throwIfAborted();
  runs.plan(id, plan.steps, planned(plan), { sentence: plan.sentence, destination: plan.destination });
  wheel.at?.('planned');
  askForAll(id, plan.steps, runs, leave);
  const rehearsed = await rehearse(plan, {
    ...{ root, signal, rehearsals: wheel.rehearsals, programs: wheel.programs, renamer: wheel.renamer },
    before: (step, n) => ask(id, step, n, runs, leave, changed(plan.steps, n)),
    network: (program) => wheel.network?.(program, contextOf(runs.get(id), false)) ?? false,
    after: (n, status, note) => {
      const { tool } = plan.steps[n]!;
      runs.step(id, n, { status, note }, status === 'running' ? null : stepTold(tool, n, 'rehearsed'));
    },
  });
  try {
    wheel.at?.('rehearsed');
    const { edits } = rehearsed.changes;
    mayChange(
      id,
      edits.map(({ path }) => path),
      runs,
      wheel,
    );
    if (edits.length === 0 && plan.steps.every(({ tool }) => !EFFECT.has(tool)))
      throw new Halt('failed', nothingToDo(runs.steps(id).flatMap(({ note }) => note ?? [])));
    const uncovered = rehearsed.base === null ? [] : await wheel.snapshots.uncovered(root, rehearsed.base);
    const preview = await makePreview(id, plan, rehearsed.changes, {
      containment: wheel.programs.containment,
      uncovered,
    });
    await files.keep(id, { plan, edits, preview, output: rehearsed.output }, rehearsed.changes);
    signal.throwIfAborted();
    wheel.at?.('kept');
    const deleted = preview.files.filter(({ kind }) => kind === 'deleted').length;
    const proposal =
      (await wheel.contested?.(
        {
          ...{ id, workspace: root, recipe: recipe.name, origin, sentence: plan.sentence, deleted },
          ...{ files: preview.files.length, verified: plan.verify !== null },
        },
        signal,
      )) ?? null;
    signal.throwIfAborted();
    const sum = (of: 'additions' | 'deletions') => preview.files.reduce((all, file) => all + file[of], 0);
    const silence = proposal === null ? maySilence(id, needsOf(plan, edits), runs, wheel) : CONTESTED;
    runs.move(
      id,
      'planned',
      { act: 'previewed', result: 'waits', data: { digest: preview.digest } },
      {
        change: {
          ...{ digest: preview.digest, files: preview.files.length, proposal },
          ...{ additions: sum('additions'), deletions: sum('deletions') },
          reason: silence.ok ? null : silence.why,
        },
      },
    );
    return silence.ok;
  } finally {
    await rehearsed.dispose();
  }
}

/** Whether silence is consent for a run as it stands. */
export function maySilence(id: string, needs: readonly StepNeed[], runs: Runs, { authority }: WheelOptions) {
  const { root, origin } = runs.get(id);
  return authority.maySilence(needs, { workspace: root, origin });
}

const CONTESTED = { ok: false, why: 'The advisers were asked about it, so it waits for your word.' } as const;
const EFFECT: ReadonlySet<WheelStep['tool']> = new Set(['branch', 'commit', 'delete_branch', 'open_loop']);

async function makePlan(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  { wheel, runs, signal }: PlanningOptions,
  leave: LeaveAsker,
): Promise<Plan> {
  const world = new LookingWorld({
    ...{ programs: wheel.programs, rehearsals: wheel.rehearsals, signal },
    root: runs.get(id).root,
    network: (program) => wheel.network?.(program, contextOf(runs.get(id), false)) ?? false,
    now: wheel.clock.now(),
    mayTry: ({ argv, folder }) => {
      const step: WheelStep = { tool: 'command', argv: [...argv], folder, purpose: 'to plan' };
      leave.step(runs.get(id), step, { real: false, changed: false });
      runs.note(id, { act: 'step', tool: 'command', real: false, result: 'tried out' }, {});
    },
  });
  try {
    return await recipe.plan(world, given);
  } finally {
    await world.dispose();
  }
}

/** All of them at once, so that a plan which asks for too much is told of every step that does. */
function askForAll(id: string, steps: readonly WheelStep[], runs: Runs, leave: LeaveAsker): void {
  const refusals: Halt[] = [];
  for (const [n, step] of steps.entries()) {
    try {
      ask(id, step, n, runs, leave, changed(steps, n));
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      refusals.push(error);
    }
  }
  const [first] = refusals;
  if (!first) return;
  const more = refusals.length > 1 ? ` So are ${count(refusals.length - 1, 'other step')}.` : '';
  const breach = refusals.some((each) => each.breach);
  throw new Halt('refused', `${first.message}${more}`, breach);
}

/** Whether a step before this one changes the copy. */
function changed(steps: readonly WheelStep[], n: number): boolean {
  return steps.slice(0, n).some(({ tool }) => !EFFECT.has(tool));
}

function ask(
  id: string,
  step: WheelStep,
  n: number,
  runs: Runs,
  leave: LeaveAsker,
  afterChange: boolean,
): void {
  try {
    leave.step(runs.get(id), step, { real: false, changed: afterChange });
  } catch (error) {
    if (error instanceof Halt) {
      const told = stepTold(step.tool, n, 'refused', error.breach);
      runs.step(id, n, { status: 'refused', note: error.message }, told);
    }
    throw error;
  }
}

/** Leave for what came out of the rehearsal, as far as a click could not give it. */
function mayChange(
  id: string,
  paths: readonly string[],
  runs: Runs,
  { authority, settings }: WheelOptions,
): void {
  const { maxFiles } = settings();
  if (paths.length > maxFiles)
    throw new Halt(
      'refused',
      `It would change ${paths.length} files, and a run changes ${maxFiles} at most (\`wheel.maxFiles\`).`,
    );
  if (paths.length === 0) return;
  const leave = authority.mayApply(paths, contextOf(runs.get(id), false));
  if (!leave.allowed && !leave.click) throw new Halt('refused', leave.why, leave.breach);
}

function nothingToDo(notes: readonly string[]): string {
  return ['It would change nothing.', ...notes].join(' ');
}

function planned({ steps, verify }: Plan) {
  return { act: 'planned', result: 'done', data: { steps: steps.length, verify: verify !== null } };
}

function stepTold(tool: string, n: number, result: string, breach = false) {
  return { act: 'step', tool, real: false, result, data: { n, ...(breach && { breach }) } };
}
