import type { WheelStep } from '../protocol/index.ts';
import { Halt } from './halt.ts';
import type { StoredRun } from './run-row.ts';
import type { Authority, Click, Leave, Program, StepContext, StepNeed } from './types.ts';

/** On whose behalf a run asks. */
export function contextOf(run: StoredRun, real: boolean): StepContext {
  const { consent, digest, accepted } = run;
  const click: Click | null =
    consent?.by === 'click' && digest !== null
      ? { digest, connection: consent.connection, files: accepted }
      : null;
  return {
    run: run.id,
    workspace: run.root,
    origin: run.origin,
    digest,
    click,
    silence: consent?.by === 'silence',
    real,
  };
}

/** Asks anew before everything that a run does, and remembers which grants it went by. */
export class LeaveAsker {
  readonly grants = new Set<string>();
  readonly #authority: Authority;
  readonly #needs: readonly StepNeed[];

  /** `needs`: all that the run does. Begun by silence, it goes on only while silence would do for all of it. */
  constructor(authority: Authority, needs: readonly StepNeed[] = []) {
    this.#authority = authority;
    this.#needs = needs;
  }

  /** Throws `Halt` where leave is refused. */
  step(run: StoredRun, step: WheelStep, how: Pick<StepContext, 'real' | 'changed'>): void {
    this.#stillSilent(run);
    this.#take(this.#authority.mayStep(step, { ...contextOf(run, how.real), ...how }));
  }

  verify(run: StoredRun, program: Program): void {
    this.#stillSilent(run);
    this.#take(this.#authority.mayVerify(program, contextOf(run, true)));
  }

  apply(run: StoredRun, paths: readonly string[]): void {
    this.#stillSilent(run);
    this.#take(this.#authority.mayApply(paths, contextOf(run, true)));
  }

  #stillSilent({ consent, root, origin }: StoredRun): void {
    if (consent?.by !== 'silence' || this.#needs.length === 0) return;
    const silence = this.#authority.maySilence(this.#needs, { workspace: root, origin });
    if (!silence.ok) throw new Halt('refused', silence.why);
    for (const grant of silence.grants) this.grants.add(grant);
  }

  #take(leave: Leave): void {
    if (!leave.allowed) throw new Halt('refused', leave.why, leave);
    if (leave.grant !== undefined) this.grants.add(leave.grant);
  }
}
