import { count } from '../kernel/index.ts';
import type { WheelPreview } from '../protocol/index.ts';
import { isReal } from './act.ts';
import { Asking } from './asking.ts';
import { Halt, NeedsClick } from './halt.ts';
import { contextOf } from './leave.ts';
import { needsOf } from './needs.ts';
import type { WheelOptions } from './parts.ts';
import { LookingWorld } from './plan-world.ts';
import { makePreview } from './preview.ts';
import { rehearse } from './rehearse.ts';
import type { KeptRun, RunFiles } from './run-files.ts';
import type { Runs } from './runs.ts';
import type { ChangeSet, Plan, Recipe, StepNeed } from './types.ts';
import { verifyFiles } from './verify-files.ts';

export interface PlanningOptions {
  readonly wheel: WheelOptions;
  readonly runs: Runs;
  readonly files: RunFiles;
  readonly signal: AbortSignal;
  /** What a person said yes to before: its programs may be rehearsed now. */
  readonly again: KeptRun | null;
}

/**
 * Makes out what a run would do: the recipe's plan, carried out on a copy. On return it waits for a person; true where
 * silence is consent. Throws `Halt` where leave is refused, and whatever the recipe or a step ran into.
 */
export async function planRun(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  options: PlanningOptions,
): Promise<boolean> {
  try {
    return await planAndRehearse(id, recipe, given, options);
  } catch (error) {
    if (!(error instanceof NeedsClick)) throw error;
    await askFirst(id, recipe, given, error, options);
    return false;
  }
}

async function planAndRehearse(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  options: PlanningOptions,
): Promise<boolean> {
  const { wheel, runs, files, signal, again } = options;
  const ask = new Asking(id, options);
  const { root, origin } = runs.get(id);
  // What was shown is what is done: nothing is planned anew after a yes to it.
  const plan = again?.first?.planned ? again.plan : await makePlan(id, recipe, given, options, ask);
  signal.throwIfAborted();
  if (plan.refused) {
    const { reasons, breach } = plan.refused;
    throw new Halt('refused', `${count(reasons.length, 'step')} of the plan asked for what is not allowed.`, {
      breach,
      refused: reasons,
    });
  }
  runs.plan(id, plan.steps, planned(plan), { sentence: plan.sentence, destination: plan.destination });
  wheel.at?.('planned');
  ask.all(plan);
  const rehearsed = await rehearse(plan, {
    ...{ root, signal, rehearsals: wheel.rehearsals, programs: wheel.programs, renamer: wheel.renamer },
    before: (_step, n) => ask.one(plan, n),
    network: (program) => ask.network(program),
    after: (n, status, note) => {
      const { tool } = plan.steps[n]!;
      runs.step(id, n, { status, note }, status === 'running' ? null : stepTold(tool, n, 'rehearsed'));
    },
  });
  try {
    wheel.at?.('rehearsed');
    const { edits } = rehearsed.changes;
    const paths = edits.map(({ path }) => path);
    mayChange(id, paths, runs, wheel);
    if (edits.length === 0 && !plan.steps.some(isReal))
      throw new Halt('failed', nothingToDo(runs.steps(id).flatMap(({ note }) => note ?? [])));
    const { base, output, changes } = rehearsed;
    const uncovered = base === null ? [] : await wheel.snapshots.uncovered(root, base);
    const { containment } = wheel.programs;
    const preview = await makePreview(id, plan, changes, { containment, uncovered });
    const verifies = await verifyFiles(root, plan.verify);
    await files.keep(id, { plan, edits, preview, output, verifies, first: null }, changes);
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
    const silence = proposal === null ? maySilence(id, needsOf(plan, edits), runs, wheel) : CONTESTED;
    wait(id, preview, silence.ok ? null : silence.why, options, proposal);
    return silence.ok;
  } finally {
    await rehearsed.dispose();
  }
}

/** Shows the programs that are rehearsed only after a person's yes to them. */
async function askFirst(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  { plan: made, programs, message }: NeedsClick,
  options: PlanningOptions,
): Promise<void> {
  const { wheel, files, again } = options;
  const plan = made ?? { sentence: recipe.title, destination: '', steps: [], verify: null };
  // A yes to one program of a plan in the making is not taken back by the next.
  const all = [...(again?.first?.programs ?? []), ...programs];
  const uncovered = ['What these programs change is not known before they ran on the copy.'];
  const around = { containment: wheel.programs.containment, uncovered, first: all };
  const preview = await makePreview(id, plan, NOTHING, around);
  const first = { given, planned: made !== null, programs: all };
  await files.keep(id, { plan, edits: [], preview, output: '', first }, NOTHING);
  options.signal.throwIfAborted();
  wait(id, preview, message, options, null);
}

/** From here on it waits for a person. */
function wait(
  id: string,
  { digest, files }: WheelPreview,
  reason: string | null,
  { runs, wheel }: PlanningOptions,
  proposal: string | null,
): void {
  const sum = (of: 'additions' | 'deletions') => files.reduce((all, file) => all + file[of], 0);
  runs.move(
    id,
    'planned',
    { act: 'previewed', result: 'waits', data: { digest } },
    {
      change: {
        ...{ digest, reason, proposal, files: files.length, consent: null },
        ...{ additions: sum('additions'), deletions: sum('deletions') },
        expiresAt: wheel.clock.now() + wheel.settings().previewMinutes * 60_000,
      },
      tx: (tx) => {
        tx.run("UPDATE wheel_steps SET status = 'waiting' WHERE run = ? AND status = 'refused'", id);
      },
    },
  );
}

/** Whether silence is consent for a run as it stands. */
export function maySilence(id: string, needs: readonly StepNeed[], runs: Runs, { authority }: WheelOptions) {
  const { root, origin } = runs.get(id);
  return authority.maySilence(needs, { workspace: root, origin });
}

const CONTESTED = { ok: false, why: 'The advisers were asked about it, so it waits for your word.' } as const;
const NOTHING: ChangeSet = { edits: [], load: () => Promise.reject(new Error('There are no bytes.')) };

async function makePlan(
  id: string,
  recipe: Recipe,
  given: Readonly<Record<string, string>>,
  { wheel, runs, signal }: PlanningOptions,
  ask: Asking,
): Promise<Plan> {
  const world = new LookingWorld({
    ...{ programs: wheel.programs, rehearsals: wheel.rehearsals, signal },
    root: runs.get(id).root,
    now: wheel.clock.now(),
    network: (program) => ask.network(program),
    mayTry: (program) => ask.tryOut(program),
  });
  try {
    return await recipe.plan(world, given);
  } finally {
    await world.dispose();
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
  if (!leave.allowed && !leave.click) throw new Halt('refused', leave.why, leave);
}

function nothingToDo(notes: readonly string[]): string {
  return ['It would change nothing.', ...notes].join(' ');
}

function planned({ steps, verify }: Plan) {
  return { act: 'planned', result: 'done', data: { steps: steps.length, verify: verify !== null } };
}

function stepTold(tool: string, n: number, result: string) {
  return { act: 'step', tool, real: false, result, data: { n } };
}
