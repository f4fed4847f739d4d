import { count } from '../kernel/index.ts';
import type { WheelStep } from '../protocol/index.ts';
import { isReal } from './act.ts';
import { Halt, NeedsClick } from './halt.ts';
import { contextOf, LeaveAsker } from './leave.ts';
import type { PlanningOptions } from './planning.ts';
import type { StoredRun } from './run-row.ts';
import type { Plan, Program } from './types.ts';

/** Asks for leave while a run is planned and rehearsed. A yes that was given before is one to the programs that were shown. */
export class Asking {
  readonly #id: string;
  readonly #options: PlanningOptions;
  readonly #leave: LeaveAsker;

  constructor(id: string, options: PlanningOptions) {
    this.#id = id;
    this.#options = options;
    this.#leave = new LeaveAsker(options.wheel.authority);
  }

  /** All steps at once, so that a plan which asks for too much is told of every step that does. Throws `Halt`. */
  all(plan: Plan): void {
    const refusals: Halt[] = [];
    for (const n of plan.steps.keys()) {
      try {
        this.one(plan, n);
      } catch (error) {
        if (!(error instanceof Halt)) throw error;
        refusals.push(error);
      }
    }
    const [first] = refusals;
    if (!first) return;
    const programs = plan.steps.filter((step) => step.tool === 'command');
    if (programs.length > 0 && refusals.every(({ click }) => click))
      throw new NeedsClick(first.message, plan, programs);
    const more = refusals.length > 1 ? ` So are ${count(refusals.length - 1, 'other step')}.` : '';
    throw new Halt('refused', `${first.message}${more}`, { breach: refusals.some(({ breach }) => breach) });
  }

  /** One step of a plan. Throws `Halt`, and says so of the step. */
  one({ steps }: Plan, n: number): void {
    const step = steps[n]!;
    try {
      this.#step(
        step,
        steps.slice(0, n).some((earlier) => !isReal(earlier)),
      );
    } catch (error) {
      if (error instanceof Halt) {
        const data = { n, breach: error.breach, click: error.click };
        const told = { act: 'step', tool: step.tool, real: false, result: 'refused', data };
        this.#options.runs.step(this.#id, n, { status: 'refused', note: error.message }, told);
      }
      throw error;
    }
  }

  /** A program that a recipe runs to learn what it says. Throws `Halt`. */
  tryOut(program: Program): void {
    const { argv, folder } = program;
    const told = { act: 'step', tool: 'command', real: false } as const;
    try {
      this.#step({ tool: 'command', argv: [...argv], folder, purpose: 'to plan' }, false);
    } catch (error) {
      if (!(error instanceof Halt)) throw error;
      this.#options.runs.note(this.#id, { ...told, result: 'refused' }, {});
      throw error.click && !error.breach ? new NeedsClick(error.message, null, [program]) : error;
    }
    this.#options.runs.note(this.#id, { ...told, result: 'tried out' }, {});
  }

  network(program: Program): boolean {
    const { wheel } = this.#options;
    return wheel.network?.(program, contextOf(this.#run, false)) ?? false;
  }

  get #run(): StoredRun {
    return this.#options.runs.get(this.#id);
  }

  #step(step: WheelStep, changed: boolean): void {
    const run = this.#run;
    const shown = step.tool !== 'command' || this.#wasShown(step);
    this.#leave.step(shown ? run : { ...run, consent: null }, step, { real: false, changed });
  }

  #wasShown({ argv, folder }: Program): boolean {
    const same = (each: Program) =>
      each.folder === folder && JSON.stringify(each.argv) === JSON.stringify(argv);
    return this.#options.again?.first?.programs.some(same) ?? false;
  }
}
