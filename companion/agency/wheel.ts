import type { z } from 'zod';
import { Doorbell } from '../kernel/index.ts';
import {
  ProgenyError,
  WHEEL_STATUS_IS,
  type WheelOrigin,
  type WheelPreview,
  type WheelRecipe,
  type WheelRun,
  type wheelPulse,
} from '../protocol/index.ts';
import { workspaceId } from '../store/index.ts';
import { Busy } from './busy.ts';
import { carryOut } from './carry-out.ts';
import { Consenting, type Speaker } from './consenting.ts';
import { Deadlines } from './deadlines.ts';
import { Halt, haltOf } from './halt.ts';
import { needsOf } from './needs.ts';
import { notPlanned } from './not-planned.ts';
import type { WheelOptions } from './parts.ts';
import { maySilence, planRun } from './planning.ts';
import { RecipeShelf } from './recipe-shelf.ts';
import { recoverRun } from './recover.ts';
import { type KeptRun, RunFiles } from './run-files.ts';
import { isActing, isOpen, isSettled } from './run-machine.ts';
import { listRuns, runOf, type StoredRun, unsettledRuns } from './run-row.ts';
import { Runs } from './runs.ts';
import { shownFile, shownRun } from './show-run.ts';
import { takeUp } from './take-up.ts';
import type { Recipe } from './types.ts';
import { undoRun } from './undo.ts';
import { isWorkedIn } from './worked-in.ts';

export interface ProposeInput {
  /** Absolute, links resolved; known to Progeny. */
  readonly workspace: string;
  readonly recipe: string;
  readonly options: Readonly<Record<string, string>>;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Runs of one folder that may be planned or wait at once: what nobody answers is no reason to rehearse more. */
const MOST_WAITING = 20;
/** Settled runs are remembered so long. */
const KEPT_DAYS = 90;

/** Delegated work: proposed, previewed, consented to, carried out, reported, and taken back. */
export class Wheel {
  readonly runs: Runs;
  readonly #options: WheelOptions;
  readonly #files: RunFiles;
  readonly #consenting: Consenting;
  readonly #deadlines: Deadlines;
  readonly #busy: Busy;
  readonly #shelf: RecipeShelf;
  #closing = false;

  constructor(options: WheelOptions) {
    this.#options = options;
    this.runs = new Runs(options);
    this.#files = new RunFiles(options.folder);
    this.#shelf = new RecipeShelf(options);
    this.#busy = new Busy(options.logger, (id) => this.#changed(id));
    this.#deadlines = new Deadlines(options, (run) => this.#over(run));
    this.#consenting = new Consenting({
      wheel: options,
      runs: this.runs,
      files: this.#files,
      isBusy: (run) => this.#isBusy(run),
      rehearse: (id, kept) => {
        const recipe = this.#shelf.find(this.runs.get(id).recipe);
        if (recipe)
          void this.#busy.keep(id, (signal) => this.#plan(id, recipe, kept.first?.given ?? {}, signal, kept));
      },
      begin: (id, consent, connection) => void this.#begin(id, consent, connection),
    });
    this.runs.changed.add((id) => this.#changed(id));
  }

  /** Brings what an earlier process left to a state that can be said, and goes on with what waits. Never throws. */
  async start(): Promise<void> {
    const { mind, logger } = this.#options;
    const left = mind.read(unsettledRuns);
    await this.#files.removeAllBut(new Set(left.map(({ id }) => id)));
    for (const run of left)
      await takeUp(run, { ...this.#taking, busy: this.#busy }).catch((error: unknown) =>
        logger.error({ run: run.id, error: String(error) }, 'a run could not be taken up again'),
      );
    this.#deadlines.sweep();
  }

  /** What can be delegated in a folder. */
  recipes(root: string): Promise<WheelRecipe[]> {
    return this.#shelf.list(root);
  }

  /**
   * Asks for a run, whose planning begins. Throws `not_found` for a recipe that there is not, `bad_input` for an option
   * that is missing, `conflict` where it cannot be used or too many wait already.
   */
  async propose(input: ProposeInput, origin: WheelOrigin): Promise<WheelRun> {
    const { mind, clock, settings } = this.#options;
    const { workspace: root, options } = input;
    const workspace = mind.read((reader) => workspaceId(reader, root));
    const recipe = await this.#shelf.choose(input.recipe, options, root);
    const here = mind.read(unsettledRuns).filter((run) => run.workspace === workspace);
    const waiting = here.filter((run) => !isOpen(run.status)).length;
    if (waiting >= MOST_WAITING)
      throw new ProgenyError(
        'conflict',
        `${waiting} runs wait in this folder already. Answer or stop some of them first.`,
      );
    const expiresAt = clock.now() + settings().previewMinutes * MINUTE;
    const { id } = this.runs.create(
      { workspace, recipe: recipe.name, origin: planner(recipe, origin), sentence: recipe.title, expiresAt },
      { act: 'proposed', result: 'planning' },
    );
    void this.#busy.keep(id, (signal) => this.#plan(id, recipe, options, signal));
    return this.get(id);
  }

  /** Runs, the newest first. Throws `not_found` for a folder that is not known. */
  list(root: string | null, limit: number): WheelRun[] {
    const runs = this.#options.mind.read((reader) =>
      listRuns(reader, root === null ? null : workspaceId(reader, root), limit),
    );
    return runs.map((run) => this.#shown(run));
  }

  /** Throws `not_found`. */
  get(id: string): WheelRun {
    return this.#shown(this.runs.get(id));
  }

  /** A run, again whenever it changes, until it is settled. Throws `not_found`. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<WheelRun, void> {
    const bell = new Doorbell();
    const listening = this.runs.changed.add((changed) => {
      if (changed === id) bell.ring();
    });
    try {
      for (;;) {
        const run = this.get(id);
        yield run;
        if (isSettled(run.status)) return;
        await bell.wait(signal);
        if (signal?.aborted) return;
      }
    } finally {
      listening.dispose();
    }
  }

  /** What a run would change. Shown over a socket, a yes of that connection can rest on it. Throws `conflict`. */
  preview(id: string, speaker: Speaker): Promise<WheelPreview> {
    return this.#consenting.show(id, speaker);
  }

  /** One of its files before and after. Throws `not_found`, `too_large`. */
  async file(id: string, path: string): ReturnType<typeof shownFile> {
    const { status } = this.runs.get(id);
    const kept = await this.#files.load(id);
    if (kept) return await shownFile(path, kept, this.#files.changes(id, kept.edits));
    throw new ProgenyError('not_found', `There is no preview: the run is ${WHEEL_STATUS_IS[status]}.`);
  }

  /** A person's yes to exactly one preview. Throws `forbidden`, `conflict`. */
  async approve(
    input: { id: string; digest: string; files?: readonly string[] | undefined },
    speaker: Speaker,
  ): Promise<WheelRun> {
    if (!this.#options.settings().on) throw new ProgenyError('conflict', OFF);
    await this.#consenting.approve(input, speaker);
    return this.get(input.id);
  }

  /** Whether what was kept for a run may be needed still. */
  holds(id: string): boolean {
    const run = this.#options.mind.read((reader) => runOf(reader, id));
    return run !== null && !isSettled(run.status);
  }

  /** Whether a countdown is in sight. Throws `forbidden`, `conflict`. */
  seen(input: { id: string; digest: string; visible: boolean }, speaker: Speaker): WheelRun {
    this.#consenting.seen(input, speaker);
    return this.get(input.id);
  }

  /** Ends a run: before it acts, nothing happens; while it acts, everything is taken back before this resolves. */
  async stop(id: string): Promise<WheelRun> {
    const { status } = this.runs.get(id);
    const halt = new Halt('stopped', 'It was stopped.');
    if (isOpen(status))
      throw new ProgenyError('conflict', `The run is ${WHEEL_STATUS_IS[status]}. Undo takes it back.`);
    if (!isActing(status))
      this.runs.move(id, 'vetoed', { act: 'stopped', actor: 'person', result: 'vetoed' });
    const isLost = isActing(status) && !this.#busy.has(id);
    const ended = this.#busy.stop(id, halt);
    if (isActing(status)) await ended;
    // Its end could not be written down, for example on a full disk.
    if (isLost) await this.#busy.keep(id, () => recoverRun(id, this.#taking));
    return this.get(id);
  }

  /** Takes back what a run did, wherever it is still so; of these files, or all. Throws `conflict`, `workspace_gone`. */
  async undo(id: string, files: readonly string[] | null): Promise<WheelRun> {
    const run = this.#mustBeOpen(id);
    if (this.#isBusy(run))
      throw new ProgenyError('conflict', 'Another run is at work in this folder. Undo when it is done.');
    const kept = await this.#files.load(id);
    const unknown = files?.find((file) => !kept?.preview.files.some(({ path }) => path === file));
    if (unknown !== undefined) throw new ProgenyError('conflict', `"${unknown}" is no file of this run.`);
    this.#mustBeOpen(id);
    const undoing = Promise.withResolvers<void>();
    void this.#busy.keep(id, () =>
      undoRun(id, files, kept, this.#taking).then(undoing.resolve, undoing.reject),
    );
    await undoing.promise;
    return this.get(id);
  }

  /** What was done stays. Throws `conflict`. */
  keep(id: string): WheelRun {
    this.#mustBeOpen(id);
    this.#close(id, 'person');
    return this.get(id);
  }

  /** The run that wants the user, or is under way; the one that counts down first. */
  pulse(): z.output<typeof wheelPulse> | null {
    const order = ['counting', 'acting', 'verifying', 'interrupted', 'previewed', 'planning'];
    const runs = this.#options.mind.read(unsettledRuns).filter(({ status }) => order.includes(status));
    const [first] = runs.sort((a, b) => order.indexOf(a.status) - order.indexOf(b.status));
    return first ? { run: first.id, sentence: first.sentence, status: first.status } : null;
  }

  /** Ends what is under way in a folder that is being forgotten, and removes what its runs hold. Their rows go with the folder. */
  async forget(workspace: string): Promise<void> {
    const runs = this.#options.mind.read((reader) => listRuns(reader, workspace, -1));
    await this.forgetRuns(runs.map(({ id }) => id));
  }

  /** The same for single runs: what is at work is taken back, what was done stays. */
  async forgetRuns(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      this.#consenting.end(id);
      await this.#busy.stop(id, new Halt('closing', 'It is being forgotten.'));
      this.runs.tryMove(id, 'vetoed', { act: 'stopped', actor: 'person', result: 'forgotten' });
      await this.#files.remove(id);
    }
  }

  /** Lets runs go that were settled long ago. */
  forgetOld(): void {
    const { mind, clock } = this.#options;
    const before = clock.now() - KEPT_DAYS * DAY;
    mind.record((writer) => writer.run('DELETE FROM wheel_runs WHERE settled_at < ?', before));
  }

  /** Ends what is under way, and takes it back. */
  async dispose(): Promise<void> {
    this.#closing = true;
    this.#deadlines.dispose();
    this.#consenting.dispose();
    await this.#busy.stopAll('Progeny is closing.');
    this.runs.changed.clear();
  }

  get #taking() {
    return { wheel: this.#options, runs: this.runs, files: this.#files };
  }

  #shown(run: StoredRun): WheelRun {
    const countdown = this.#consenting.countdownOf(run.id);
    return shownRun(run, this.runs.steps(run.id), countdown, this.#options.clock.now());
  }

  async #plan(
    id: string,
    recipe: Recipe,
    given: Readonly<Record<string, string>>,
    signal: AbortSignal,
    again: KeptRun | null = null,
  ): Promise<void> {
    try {
      const silence = await planRun(id, recipe, given, { ...this.#taking, signal, again });
      if (silence && !this.#closing && this.runs.get(id).status === 'previewed')
        this.#consenting.countSilence(id);
    } catch (error) {
      notPlanned(id, haltOf(error, signal), this.runs);
    }
  }

  /** The end of a countdown. Leave for silence is asked for again. */
  #begin(id: string, by: 'click' | 'silence', connection: string): Promise<void> {
    return this.#busy.keep(id, async (signal) => {
      const no = by === 'silence' ? await this.#noSilence(id) : null;
      if (this.#closing) return;
      // From here to the move nothing else can come in between.
      const off = this.#options.settings().on ? null : OFF;
      const why = off ?? no ?? (this.#isBusy(this.runs.get(id)) ? BUSY : null);
      if (why !== null) {
        const change = { reason: why, consent: null };
        this.runs.tryMove(id, 'recalled', { act: 'countdown', result: 'recalled' }, { change });
        return;
      }
      const change = { beganAt: this.#options.clock.now(), consent: { by, connection } };
      const began = this.runs.tryMove(id, 'began', { act: 'began', real: true, result: by }, { change });
      if (began) await carryOut(id, { ...this.#taking, signal });
    });
  }

  async #noSilence(id: string): Promise<string | null> {
    const kept = await this.#files.load(id);
    if (!kept) return 'Its bytes are gone from the data directory. Ask for it again.';
    const silence = maySilence(id, needsOf(kept.plan, kept.edits), this.runs, this.#options);
    return silence.ok ? null : silence.why;
  }

  #isBusy(run: StoredRun): boolean {
    return isWorkedIn(run, this.#options.mind.read(unsettledRuns), (id) => this.#busy.has(id));
  }

  #mustBeOpen(id: string): StoredRun {
    const run = this.runs.get(id);
    if (!isOpen(run.status))
      throw new ProgenyError(
        'conflict',
        `The run is ${WHEEL_STATUS_IS[run.status]}, so there is nothing to keep or undo.`,
      );
    if (run.undoing !== null && this.#busy.has(id)) throw new ProgenyError('conflict', 'It is being undone.');
    return run;
  }

  #close(id: string, actor: 'person' | 'time'): void {
    const outcome = this.runs.get(id).status === 'done' ? 'success' : null;
    this.runs.tryMove(id, 'kept', { act: 'kept', actor, result: 'done' }, { outcome });
  }

  /** A preview that nobody answered expires; what was done and not undone stays. */
  #over({ id, status }: StoredRun): void {
    if (isOpen(status)) {
      this.#close(id, 'time');
      return;
    }
    const reason = 'Nobody answered in time. Ask for it again.';
    this.runs.tryMove(
      id,
      'expired',
      { act: 'expired', actor: 'time', result: 'done' },
      { change: { reason } },
    );
  }

  /** What is settled holds no content any more; what waits has its time. */
  #changed(id: string): void {
    if (this.#closing) return;
    const run = this.#options.mind.read((reader) => runOf(reader, id));
    if (run === null || isSettled(run.status)) {
      this.#consenting.end(id);
      if (!this.#busy.has(id)) void this.#files.remove(id);
    }
    this.#deadlines.changed();
  }
}

/** Whose plan it is: what a model makes of a person's words may have been steered by what it read. */
function planner({ model }: Recipe, origin: WheelOrigin): WheelOrigin {
  return model && origin.by === 'person' ? { ...origin, by: 'mind' } : origin;
}

const BUSY = 'Another run is at work in this folder. Say yes when it is done.';
const OFF = 'Delegated work is switched off (`wheel.on`).';
