import { stat } from 'node:fs/promises';
import path from 'node:path';
import type * as git from '../git/index.ts';
import { type Clock, type CpuBudget, type Disposable, Listeners, type Logger } from '../kernel/index.ts';
import type {
  AnchorKeeper,
  AnchorSource,
  LoopStore,
  readEdits,
  readScan,
  readTodos,
  Scan,
} from '../loops/index.ts';
import type { Doors, EditorSignal, Health, Settings, WorkspaceState } from '../protocol/index.ts';
import type { Mind } from '../store/index.ts';
import { keepScan } from './keep-scan.ts';
import { continueSession, type Session } from './session.ts';
import { readTextFile } from './text-file.ts';

/** What happened to files or to git in a workspace, as sensing tells it. */
export type WorkspaceChange =
  | { kind: 'files'; paths: readonly string[]; many: boolean }
  | { kind: 'git'; what: string }
  | { kind: 'gone' }
  | { kind: 'back' };

export interface Sensing {
  report(signals: readonly EditorSignal[]): void;
  dispose(): Promise<void>;
}

export interface WorkspaceParts {
  mind: Mind;
  clock: Clock;
  logger: Logger;
  settings: () => Settings;
  git: typeof git;
  /** The git program, or why there is none. */
  program: git.GitProgram | git.GitError;
  readScan: typeof readScan;
  readEdits: typeof readEdits;
  readTodos: typeof readTodos;
  loops: LoopStore;
  anchors: AnchorKeeper;
  budget: CpuBudget;
  /** Who may see the folder from outside. */
  doors(path: string): Doors;
  /** Queues a scan as a job. */
  requestScan(workspace: Workspace, depth: ScanDepth): void;
  startSensing(
    workspace: Workspace,
    onChange: (change: WorkspaceChange) => void,
    onHealth: (health: Health) => void,
  ): Sensing;
}

/**
 * What is read again: `edits` the uncommitted work, `light` all that git tells, `full` also the notes in the
 * code. The rest is kept from the scan before.
 */
export type ScanDepth = 'edits' | 'light' | 'full';

const DEPTHS: readonly ScanDepth[] = ['edits', 'light', 'full'];

const GIT_SETTLES_MS = 300;
const FILES_SETTLE_MS = 2000;
/** A commit or a checkout is a moment of the user's: it waits so long at most, however much was read before. */
const GIT_WAITS_MS = 3000;
const TOUCHED_KEPT = 1000;
const ACTIVE_NOTED_MS = 60_000;
/** Notes in the code are searched again when the last search is older than this. */
const NOTES_AGE_MS = 15 * 60 * 1000;

/** One open folder: what it is, what was read of it, and when to read again. */
export class Workspace {
  readonly id: string;
  readonly path: string;
  readonly changed = new Listeners<void>();
  /** Told with each edit, note or commit of the user. */
  readonly signsOfLife = new Listeners<void>();
  readonly #parts: WorkspaceParts;
  #trusted: boolean;
  #repository: git.Repository | null = null;
  #gone = false;
  #trouble: string | null = null;
  #scan: Scan | null = null;
  #notesAt = 0;
  #scanning = false;
  #sensing: Sensing | null = null;
  #health: Health[] = [];
  #session: Session | null;
  #noted = 0;
  /** The next reading is one that nobody waits for. */
  #unasked = false;
  #due: { depth: ScanDepth; timer: Disposable } | null = null;
  #lastCost: Record<ScanDepth, number> = { edits: 30, light: 100, full: 500 };
  #touched = new Set<string>();

  constructor(id: string, folder: string, trusted: boolean, parts: WorkspaceParts) {
    this.id = id;
    this.path = folder;
    this.#trusted = trusted;
    this.#parts = parts;
    const row = parts.mind.read((r) =>
      r.get<{ scan: string | null }>('SELECT scan FROM workspaces WHERE id = ?', id),
    );
    this.#scan = row?.scan ? (JSON.parse(row.scan) as Scan) : null;
    this.#session = this.#readSession();
  }

  get name(): string {
    return path.basename(this.path);
  }

  get scan(): Scan | null {
    return this.#scan;
  }

  get session(): Session | null {
    return this.#session;
  }

  get scanning(): boolean {
    return this.#scanning;
  }

  get gone(): boolean {
    return this.#gone;
  }

  get health(): readonly Health[] {
    return this.#health;
  }

  /** Troubles to tell in a brief, in words. */
  get notes(): string[] {
    const notes = this.#health.filter((h) => h.level !== 'info').map((h) => h.message);
    if (this.#trouble) notes.unshift(this.#trouble);
    if (!this.#trusted) notes.unshift('This folder is not trusted, so nothing is sensed in it.');
    return notes;
  }

  /** Starts to sense and to read, where the folder is trusted. */
  async start(): Promise<void> {
    if (!this.#trusted) return;
    await this.#open();
    this.#sensing = this.#parts.startSensing(
      this,
      (change) => this.#onChange(change),
      (health) => this.tell(health),
    );
    this.#parts.requestScan(this, 'full');
  }

  get trusted(): boolean {
    return this.#trusted;
  }

  async trust(trusted: boolean): Promise<void> {
    if (trusted === this.#trusted) return;
    this.#trusted = trusted;
    if (trusted) await this.start();
    else await this.#stopSensing();
    this.changed.tell();
  }

  get repository(): git.Repository | null {
    return this.#repository;
  }

  state(): WorkspaceState {
    const loops = this.#parts.loops.list({ workspace: this.path, limit: 1000 });
    return {
      path: this.path,
      name: this.name,
      kind: this.#gone ? 'gone' : this.#repository || this.#scan?.branch ? 'git' : 'plain',
      sensing: this.#sensing !== null && !this.#gone,
      branch: this.#scan?.branch ?? null,
      openLoops: loops.length,
      topLoop: loops[0]?.title ?? null,
      scannedAt: this.#scan?.at ?? null,
      scanning: this.#scanning,
      doors: this.#parts.doors(this.path),
    };
  }

  /** Signals of an editor window. They count as a sign of life. */
  report(signals: readonly EditorSignal[]): void {
    this.alive();
    this.#sensing?.report(signals);
  }

  /** A sign of life of the user: an edit, a note, a commit. */
  alive(): void {
    this.signsOfLife.tell();
    const now = this.#parts.clock.now();
    const before = this.#session;
    this.#session = continueSession(before, now, this.#scan?.recent[0]?.commit ?? null);
    if (this.#session.startedAt === before?.startedAt && now - this.#noted < ACTIVE_NOTED_MS) return;
    this.#noted = now;
    try {
      this.#parts.mind.record((w) => {
        w.run(
          'INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)',
          `session:${this.id}`,
          JSON.stringify(this.#session),
        );
        w.run('UPDATE workspaces SET last_active_at = ? WHERE id = ?', now, this.id);
      });
    } catch (error) {
      this.#parts.logger.warn(
        { workspace: this.id, error: String(error) },
        'a sign of life could not be noted',
      );
    }
  }

  /** Reads the repository, brings the loops in line with it, and follows the anchors. The work of a scan job. */
  async read(
    depth: ScanDepth,
    signal: AbortSignal,
    progress: (fraction: number, what: string) => void,
  ): Promise<void> {
    const { clock, git, budget } = this.#parts;
    this.#cancelDue();
    this.#scanning = true;
    this.changed.tell();
    const started = performance.now();
    try {
      if (!this.#repository) await this.#open();
      if (!this.#repository) return;
      const now = clock.now();
      const searches = depth === 'full' || now - this.#notesAt > NOTES_AGE_MS;
      const { readEdits, readScan, readTodos } = this.#parts;
      const common = { git, repository: this.#repository, now, signal };
      const known = this.#scan?.todos ?? [];
      if (depth === 'edits' && this.#scan && !searches) {
        this.#apply(await readEdits(common, this.#scan), signal);
        return await this.#keepAnchors();
      }
      const scan = await readScan({
        ...common,
        movedSince: this.#session?.tipBefore ?? null,
        todos: known,
        progress: (fraction, what) => progress(fraction * (searches ? 0.4 : 1), what),
      });
      this.#apply(scan, signal);
      if (searches) {
        // The brief is complete but for the notes by now; they come when they come.
        const todos = await readTodos({
          ...common,
          known,
          progress: (fraction, what) => progress(0.4 + fraction * 0.6, what),
        });
        this.#notesAt = now;
        this.#apply({ ...scan, todos }, signal);
      }
      await this.#keepAnchors();
    } catch (error) {
      await this.#readFailed(error);
    } finally {
      const cost = performance.now() - started;
      this.#lastCost[depth] = cost;
      if (this.#unasked) budget.spend(cost);
      this.#unasked = false;
      this.#scanning = false;
      this.changed.tell();
    }
  }

  #apply(scan: Scan, signal: AbortSignal): void {
    signal.throwIfAborted();
    const { mind, loops, settings } = this.#parts;
    this.#scan = scan;
    this.#trouble = null;
    keepScan(mind, this.id, scan);
    const { proposalsPerRepository: limit, todoTouchedDays, staleDays } = settings().loops;
    loops.applyScan(this.id, scan, { limit, todoTouchedDays, staleDays });
    this.changed.tell();
  }

  async dispose(): Promise<void> {
    this.#cancelDue();
    this.changed.clear();
    this.signsOfLife.clear();
    await this.#stopSensing();
  }

  async #stopSensing(): Promise<void> {
    const sensing = this.#sensing;
    this.#sensing = null;
    await sensing?.dispose();
  }

  async #open(): Promise<void> {
    const { git, program } = this.#parts;
    this.#repository = null;
    try {
      if (program instanceof Error) throw program;
      this.#repository = await git.openRepository(program, this.path);
      this.#trouble = null;
    } catch (error) {
      if (!git.isGitError(error)) throw error;
      this.#gone = error.kind === 'folder-missing';
      this.#trouble =
        error.kind === 'not-a-repository'
          ? 'This folder is not a git repository; only notes and activity are kept.'
          : error.message;
    }
  }

  async #readFailed(error: unknown): Promise<void> {
    const { git, logger } = this.#parts;
    if (!git.isGitError(error)) throw error;
    if (error.kind === 'vanished') {
      this.#repository = null;
      this.#gone = await stat(this.path).then(
        () => false,
        () => true,
      );
    }
    this.#trouble = error.message;
    logger.warn({ workspace: this.id, kind: error.kind }, 'the repository could not be read');
  }

  #onChange(change: WorkspaceChange): void {
    if (change.kind === 'gone' || change.kind === 'back') {
      this.#gone = change.kind === 'gone';
      if (change.kind === 'back') this.#schedule('full', FILES_SETTLE_MS);
      this.changed.tell();
      return;
    }
    this.alive();
    if (change.kind === 'files') {
      for (const file of change.paths) if (this.#touched.size < TOUCHED_KEPT) this.#touched.add(file);
    }
    // The index alone changes with what is staged, and whenever somebody asks git for its status.
    if (change.kind === 'git' && change.what !== 'index') this.#schedule('light', GIT_SETTLES_MS);
    else this.#schedule('edits', FILES_SETTLE_MS);
  }

  /** Takes up what somebody found out about this folder; `info` says that it has passed. */
  tell(health: Health): void {
    this.#health = [...this.#health.filter((h) => h.subject !== health.subject), health].filter(
      (h) => h.level !== 'info',
    );
    this.changed.tell();
  }

  /** Asks for a scan soon, and no sooner than is affordable. Takes the place of one that would read less. */
  #schedule(depth: ScanDepth, settleMs: number): void {
    if (this.#due && DEPTHS.indexOf(this.#due.depth) >= DEPTHS.indexOf(depth)) return;
    this.#cancelDue();
    const { clock, budget } = this.#parts;
    const most = depth === 'light' ? GIT_WAITS_MS : Infinity;
    const wait = Math.max(settleMs, Math.min(most, budget.delayUntilAffordable(this.#lastCost[depth])));
    const timer = clock.after(wait, () => {
      this.#due = null;
      this.#unasked = true;
      this.#parts.requestScan(this, depth);
    });
    this.#due = { depth, timer };
  }

  #cancelDue(): void {
    this.#due?.timer.dispose();
    this.#due = null;
  }

  async #keepAnchors(): Promise<void> {
    const { anchors, git } = this.#parts;
    const repository = this.#repository;
    const touched = this.#touched;
    this.#touched = new Set();
    const { files: anchored } = anchors.files(this.id);
    if (anchored.size === 0) return;
    let renames: Promise<git.Renames | null> | null = null;
    const source: AnchorSource = {
      read: (file) => readTextFile(this.path, file),
      renamedTo: async (file) => {
        if (!repository) return null;
        renames ??= git.readRenames(repository, 'HEAD', { following: [...anchored] }).catch(() => null);
        return (await renames)?.renamed.find((rename) => rename.from === file)?.to ?? null;
      },
      candidates: async () => [
        ...touched,
        ...(this.#scan?.uncommitted?.files ?? []),
        ...(this.#scan?.last?.places.map((p) => p.file) ?? []),
      ],
    };
    await anchors.keep(this.id, null, source);
  }

  #readSession(): Session | null {
    const row = this.#parts.mind.read((r) =>
      r.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', `session:${this.id}`),
    );
    return row ? (JSON.parse(row.value) as Session) : null;
  }
}
