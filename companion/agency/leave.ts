import type { WheelStep } from '../protocol/index.ts';
import { Halt } from './halt.ts';
import type { StoredRun } from './run-row.ts';
import type { Authority, Click, Leave, Program, StepContext } from './types.ts';

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

  constructor(authority: Authority) {
    this.#authority = authority;
  }

  /** Throws `Halt` where leave is refused. */
  step(run: StoredRun, step: WheelStep, how: Pick<StepContext, 'real' | 'changed'>): void {
    this.#take(this.#authority.mayStep(step, { ...contextOf(run, how.real), ...how }));
  }

  verify(run: StoredRun, program: Program): void {
    this.#take(this.#authority.mayVerify(program, contextOf(run, true)));
  }

  apply(run: StoredRun, paths: readonly string[]): void {
    this.#take(this.#authority.mayApply(paths, contextOf(run, true)));
  }

  #take(leave: Leave): void {
    if (!leave.allowed) throw new Halt('refused', leave.why, leave);
    if (leave.grant !== undefined) this.grants.add(leave.grant);
  }
}
