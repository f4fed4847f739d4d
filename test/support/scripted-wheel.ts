import { createHash } from 'node:crypto';
import { type Clock, type Disposable, Listeners } from '../../companion/kernel/index.ts';
import {
  ProgenyError,
  type WheelConflict,
  type WheelOrigin,
  type WheelPreview,
  type WheelRecipe,
  type WheelReport,
  type WheelRun,
  type WheelStatus,
} from '../../companion/protocol/index.ts';
import { wheelPhase } from '../../companion/protocol/wheel-words.ts';

/** A file of a scripted run: its text before and after; null where there is none, `moves` where it goes. */
export interface ScriptedFile {
  readonly path: string;
  readonly from?: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly binary?: boolean;
  /** Where it is larger than may be shown. */
  readonly bytes?: number;
}

/** What a recipe does here. */
export interface ScriptedWork {
  readonly sentence: string;
  readonly destination: string;
  readonly steps: readonly { readonly tool: WheelRun['steps'][number]['tool']; readonly words: string }[];
  readonly files: readonly ScriptedFile[];
  readonly commands?: readonly (readonly string[])[];
  readonly effects?: readonly string[];
  readonly uncovered?: readonly string[];
  readonly report: Omit<WheelReport, 'containment'>;
  /** What the verification says; null: it passes. */
  readonly fails?: string;
}

export interface ScriptedWheelOptions {
  readonly clock: Clock;
  readonly recipes: readonly WheelRecipe[];
  /** What this recipe would do; an error where there is nothing to do. */
  work(recipe: string, options: Readonly<Record<string, string>>, workspace: string): ScriptedWork;
  /** Tells that something of a run has changed, as the event log does. */
  changed(type: string, run: string): void;
  /** Puts a file into the folder, or takes it out; false where the folder has something else than `expected`. */
  put?(workspace: string, path: string, text: string | null, expected: string | null): boolean;
  readonly silenceMs?: number;
  readonly undoMs?: number;
}

type Phase = 'planning' | 'acting' | 'verifying';
/** Silence that was not heard of for so long is no silence. */
const UNSEEN_MS = 2500;
const STEP_MS = 40;
const CONTAINMENT = 'contained by bubblewrap: writes only in this folder, no network';

interface Entry {
  run: WheelRun;
  readonly work: ScriptedWork;
  readonly shown: Set<string>;
  accepted: readonly string[];
  timer: Disposable | null;
  seen: Disposable | null;
}

/** The companion's side of delegated work out of a script; it keeps the contract's rules, by its clock, in memory. */
export class ScriptedWheel {
  readonly #options: ScriptedWheelOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Listeners<WheelRun>();
  /** A phase that is held does not end before `goOn`. */
  readonly held = new Set<Phase>();
  /** After a yes it waits so long for a no. */
  vetoMs = 5000;
  /** Whether silence is consent: tier T3 and a grant that says so. */
  silence = false;
  /** Who asks, unless a call says otherwise. */
  origin: WheelOrigin = { by: 'person', name: 'VS Code' };
  /** Every `seen` that arrived. */
  readonly seenCalls: { readonly id: string; readonly visible: boolean; readonly at: number }[] = [];
  readonly approvals: { readonly id: string; readonly digest: string; readonly files: readonly string[] }[] =
    [];
  /** Every proposal that was taken up. */
  readonly asked: { readonly recipe: string; readonly options: Readonly<Record<string, string>> }[] = [];
  #last = 0;

  constructor(options: ScriptedWheelOptions) {
    this.#options = options;
  }

  get recipes(): readonly WheelRecipe[] {
    return this.#options.recipes;
  }

  onChange(listener: (run: WheelRun) => void): Disposable {
    return this.#changes.add(listener);
  }

  list(workspace: string | undefined, limit: number): WheelRun[] {
    return [...this.#entries.values()]
      .map(({ run }) => run)
      .filter((run) => !workspace || run.workspace === workspace)
      .reverse()
      .slice(0, limit);
  }

  get(id: string): WheelRun {
    return this.#entry(id).run;
  }

  /** What the pulse shows: what waits for a person first, then what runs. */
  get pulse(): { run: string; sentence: string; status: WheelStatus } | null {
    const runs = this.list(undefined, 200);
    const by = (...statuses: WheelStatus[]) => runs.find(({ status }) => statuses.includes(status));
    const run = by('counting') ?? by('acting', 'verifying') ?? by('previewed') ?? by('planning');
    return run ? { run: run.id, sentence: run.sentence, status: run.status } : null;
  }

  propose(
    input: { workspace: string; recipe: string; options: Readonly<Record<string, string>> },
    origin: WheelOrigin = this.origin,
  ): WheelRun {
    const recipe = this.recipes.find(({ name }) => name === input.recipe);
    if (!recipe) throw new ProgenyError('not_found', `There is no recipe "${input.recipe}".`);
    if (recipe.unavailable) throw new ProgenyError('conflict', recipe.unavailable);
    const work = this.#options.work(input.recipe, input.options, input.workspace);
    this.asked.push({ recipe: input.recipe, options: input.options });
    const now = this.#options.clock.now();
    const run: WheelRun = {
      id: `run_${String(++this.#last).padStart(4, '0')}`,
      workspace: input.workspace,
      recipe: input.recipe,
      origin,
      status: 'planning',
      sentence: work.sentence,
      destination: work.destination,
      steps: work.steps.map((step) => ({ ...step, status: 'waiting', note: null })),
      digest: null,
      files: 0,
      additions: 0,
      deletions: 0,
      reason: null,
      proposal: null,
      countdown: null,
      report: null,
      undoUntil: null,
      conflicts: [],
      createdAt: now,
      changedAt: now,
    };
    const entry: Entry = { run, work, shown: new Set(), accepted: [], timer: null, seen: null };
    this.#entries.set(run.id, entry);
    this.#change(entry, {});
    this.#phase(entry, 'planning', () => this.#previewed(entry));
    return entry.run;
  }

  preview(id: string, connection: string): WheelPreview {
    const entry = this.#entry(id);
    if (entry.run.digest === null) throw new ProgenyError('conflict', 'It is still being planned.');
    entry.shown.add(`${connection} ${entry.run.digest}`);
    const { work } = entry;
    return {
      run: id,
      digest: entry.run.digest,
      files: work.files.map(fileOf),
      commands: (work.commands ?? []).map((argv) => [...argv]),
      effects: [...(work.effects ?? [])],
      containment: CONTAINMENT,
      uncovered: [...(work.uncovered ?? [])],
    };
  }

  file(id: string, path: string) {
    const file = this.#entry(id).work.files.find((one) => one.path === path);
    if (!file) throw new ProgenyError('not_found', `The run does not change "${path}".`);
    if ((file.bytes ?? 0) > 2_000_000)
      throw new ProgenyError('too_large', `${path} is larger than 2 MB and is not shown.`);
    const side = (text: string | null) =>
      file.binary ? { text: null, binary: text !== null } : { text, binary: false };
    return { before: side(file.before), after: side(file.after) };
  }

  approve(id: string, digest: string, connection: string, files?: readonly string[]): WheelRun {
    const entry = this.#entry(id);
    const { run } = entry;
    if (run.status !== 'previewed' && run.countdown?.consent !== 'silence')
      throw new ProgenyError('conflict', `This run is ${run.status}: there is nothing to approve.`);
    if (run.digest !== digest || !entry.shown.has(`${connection} ${digest}`))
      throw new ProgenyError('conflict', 'This is not the preview that you were shown. Look at it again.');
    entry.accepted = files ?? entry.work.files.map(({ path }) => path);
    this.approvals.push({ id, digest, files: entry.accepted });
    this.#count(entry, this.vetoMs);
    return entry.run;
  }

  seen(id: string, digest: string, visible: boolean): WheelRun {
    const entry = this.#entry(id);
    this.seenCalls.push({ id, visible, at: this.#options.clock.now() });
    if (entry.run.digest !== digest) throw new ProgenyError('conflict', 'The preview has changed.');
    if (entry.run.countdown?.consent !== 'silence') return entry.run;
    entry.seen?.dispose();
    if (!visible) this.#stand(entry);
    else {
      entry.seen = this.#options.clock.after(UNSEEN_MS, () => this.#stand(entry));
      if (entry.run.countdown.endsAt === null) this.#goOnCounting(entry);
    }
    return entry.run;
  }

  stop(id: string): WheelRun {
    const entry = this.#entry(id);
    const { status } = entry.run;
    entry.timer?.dispose();
    entry.seen?.dispose();
    if (status === 'planning' || status === 'previewed' || status === 'counting')
      this.#change(entry, { status: 'vetoed', countdown: null, reason: 'You said no.' });
    else if (status === 'acting' || status === 'verifying') this.#rollBack(entry, 'You stopped it.');
    else throw new ProgenyError('conflict', `This run is ${status}: there is nothing to stop.`);
    return entry.run;
  }

  undo(id: string, files?: readonly string[]): WheelRun {
    const entry = this.#entry(id);
    if (entry.run.status !== 'done' && entry.run.status !== 'interrupted')
      throw new ProgenyError('conflict', `This run is ${entry.run.status}: there is nothing to undo.`);
    const conflicts = this.#takeBack(entry, files);
    this.#change(entry, { status: 'undone', conflicts, undoUntil: null });
    return entry.run;
  }

  keep(id: string): WheelRun {
    const entry = this.#entry(id);
    if (entry.run.status !== 'done' && entry.run.status !== 'interrupted')
      throw new ProgenyError('conflict', `This run is ${entry.run.status}: there is nothing to keep.`);
    this.#change(entry, { status: 'kept', undoUntil: null });
    return entry.run;
  }

  /** A run as it would be found after the companion was killed in the middle of it. */
  interrupt(id: string, reason: string): void {
    const entry = this.#entry(id);
    entry.timer?.dispose();
    this.#change(entry, { status: 'interrupted', reason, countdown: null });
  }

  /** Ends all that is not settled, taken back, and holds nothing any more. */
  clear(): void {
    this.held.clear();
    this.silence = false;
    for (const { run } of this.#entries.values()) {
      if (run.status === 'done' || run.status === 'interrupted') this.keep(run.id);
      else if (!isSettled(run.status)) this.stop(run.id);
    }
  }

  /** The phase that was held ends. */
  goOn(phase: Phase): void {
    this.held.delete(phase);
    for (const entry of this.#entries.values()) if (entry.run.status === phase) entry.timer?.dispose();
    const next = { planning: this.#previewed, acting: this.#acted, verifying: this.#verified };
    for (const entry of this.#entries.values()) if (entry.run.status === phase) next[phase].call(this, entry);
  }

  dispose(): void {
    for (const { timer, seen } of this.#entries.values()) {
      timer?.dispose();
      seen?.dispose();
    }
    this.#changes.clear();
  }

  #previewed(entry: Entry): void {
    const files = entry.work.files.map(fileOf);
    const sum = (of: 'additions' | 'deletions') => files.reduce((all, file) => all + file[of], 0);
    const digest = createHash('sha256')
      .update(JSON.stringify([entry.run.id, files, entry.work.commands ?? []]))
      .digest('hex');
    this.#change(entry, {
      status: 'previewed',
      digest,
      files: files.length,
      additions: sum('additions'),
      deletions: sum('deletions'),
      reason: this.silence ? null : 'Commands and edits need your yes at this tier.',
      steps: entry.run.steps.map((step) => ({ ...step, status: 'rehearsed' })),
    });
    if (!this.silence) return;
    const remainingMs = this.#options.silenceMs ?? 30_000;
    entry.accepted = entry.work.files.map(({ path }) => path);
    this.#change(entry, {
      status: 'counting',
      countdown: { consent: 'silence', remainingMs, endsAt: null },
    });
  }

  #count(entry: Entry, ms: number): void {
    entry.seen?.dispose();
    entry.timer?.dispose();
    const endsAt = this.#options.clock.now() + ms;
    this.#change(entry, { status: 'counting', countdown: { consent: 'click', remainingMs: ms, endsAt } });
    entry.timer = this.#options.clock.after(ms, () => this.#act(entry));
  }

  #goOnCounting(entry: Entry): void {
    const { countdown } = entry.run;
    if (!countdown) return;
    const endsAt = this.#options.clock.now() + countdown.remainingMs;
    this.#change(entry, { countdown: { ...countdown, endsAt } });
    entry.timer?.dispose();
    entry.timer = this.#options.clock.after(countdown.remainingMs, () => this.#act(entry));
  }

  /** Nobody sees it: the countdown stands still where it is. */
  #stand(entry: Entry): void {
    const { countdown } = entry.run;
    if (!countdown || countdown.endsAt === null) return;
    entry.timer?.dispose();
    const remainingMs = Math.max(0, countdown.endsAt - this.#options.clock.now());
    this.#change(entry, { countdown: { ...countdown, remainingMs, endsAt: null } });
  }

  #act(entry: Entry): void {
    entry.seen?.dispose();
    this.#change(entry, {
      status: 'acting',
      countdown: null,
      reason: null,
      steps: entry.run.steps.map((step) => ({ ...step, status: 'running' })),
    });
    this.#phase(entry, 'acting', () => this.#acted(entry));
  }

  #acted(entry: Entry): void {
    for (const { path, from, before, after } of this.#written(entry)) {
      if (from !== undefined) this.#options.put?.(entry.run.workspace, from, null, before);
      this.#options.put?.(entry.run.workspace, path, after, from === undefined ? before : null);
    }
    this.#change(entry, {
      status: 'verifying',
      steps: entry.run.steps.map((step) => ({ ...step, status: 'done' })),
    });
    this.#phase(entry, 'verifying', () => this.#verified(entry));
  }

  #verified(entry: Entry): void {
    const { fails, report } = entry.work;
    if (fails !== undefined) {
      this.#rollBack(entry, fails);
      return;
    }
    this.#change(entry, {
      status: 'done',
      report: { ...report, containment: CONTAINMENT },
      undoUntil: this.#options.clock.now() + (this.#options.undoMs ?? 3_600_000),
    });
  }

  #rollBack(entry: Entry, why: string): void {
    const conflicts = this.#takeBack(entry);
    this.#change(entry, {
      status: 'rolled_back',
      reason: why,
      countdown: null,
      conflicts,
      steps: entry.run.steps.map((step) => ({ ...step, status: 'taken_back' })),
      report: {
        ...entry.work.report,
        done: 'Nothing stays: all of it was taken back',
        verified: why,
        containment: CONTAINMENT,
      },
    });
  }

  #takeBack(entry: Entry, only?: readonly string[]): WheelConflict[] {
    const conflicts: WheelConflict[] = [];
    if (entry.run.status === 'acting') return conflicts;
    for (const { path, from, before, after } of this.#written(entry)) {
      if (only && !only.includes(path)) continue;
      const put = this.#options.put ?? (() => true);
      const kept = !put(entry.run.workspace, path, from === undefined ? before : null, after);
      if (kept) conflicts.push({ path, why: 'You changed it after the run, so it was left as it is.' });
      else if (from !== undefined) put(entry.run.workspace, from, before, null);
    }
    return conflicts;
  }

  /** What cannot be shown stands in the preview only. */
  #written({ work, accepted }: Entry): readonly ScriptedFile[] {
    return work.files.filter(
      ({ path, binary, bytes }) => accepted.includes(path) && !binary && bytes === undefined,
    );
  }

  #phase(entry: Entry, phase: Phase, end: () => void): void {
    entry.timer?.dispose();
    if (this.held.has(phase)) return;
    entry.timer = this.#options.clock.after(STEP_MS, end);
  }

  #change(entry: Entry, part: Partial<WheelRun>): void {
    entry.run = { ...entry.run, ...part, changedAt: this.#options.clock.now() };
    this.#changes.tell(entry.run);
    this.#options.changed(`wheel.${entry.run.status}`, entry.run.id);
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (!entry) throw new ProgenyError('not_found', `There is no run "${id}".`);
    return entry;
  }
}

export const isSettled = (status: WheelStatus): boolean => wheelPhase(status) === 'settled';

function fileOf({
  path,
  from,
  before,
  after,
  binary = false,
  bytes,
}: ScriptedFile): WheelPreview['files'][number] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const kind =
    from !== undefined ? 'moved' : before === null ? 'added' : after === null ? 'deleted' : 'changed';
  return {
    path,
    from: from ?? null,
    kind,
    binary,
    additions: binary ? 0 : now.filter((line) => !old.includes(line)).length,
    deletions: binary ? 0 : old.filter((line) => !now.includes(line)).length,
    bytes: bytes ?? Buffer.byteLength(after ?? ''),
  };
}

const linesOf = (text: string | null): string[] => (text === null ? [] : text.replace(/\n$/, '').split('\n'));
