import { type Clock, Listeners, newId, type Random } from '../kernel/index.ts';
import {
  ProgenyError,
  WHEEL_STATUS_IS,
  type WheelOrigin,
  type WheelStatus,
  type WheelStep,
} from '../protocol/index.ts';
import type { Mind, SqlValue, Transaction } from '../store/index.ts';
import { isSettled, next, type RunEvent } from './run-machine.ts';
import { runOf, type StoredRun, type StoredStep, stepsOf } from './run-row.ts';
import { stepWords } from './step-words.ts';
import type { Audit, AuditEntry } from './types.ts';

export interface RunsOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly audit: Audit;
}

/** What changes of a run, by the names of `StoredRun`. */
export type RunChange = Partial<
  Pick<
    StoredRun,
    | 'sentence'
    | 'destination'
    | 'digest'
    | 'files'
    | 'additions'
    | 'deletions'
    | 'reason'
    | 'proposal'
    | 'accepted'
    | 'consent'
    | 'before'
    | 'after'
    | 'verified'
    | 'takenBack'
    | 'undoing'
    | 'report'
    | 'conflicts'
    | 'expiresAt'
    | 'beganAt'
    | 'undoUntil'
  >
>;
/** What became of a run, as far as trust is concerned (systems.md, section 9). Null: it tells nothing. */
export type Outcome = 'success' | 'failure' | 'undone' | 'breach' | null;
/** A row of the audit log but for what every row of this run has. */
export type Told = Pick<AuditEntry, 'act' | 'result'> & Partial<Omit<AuditEntry, 'run'>>;
export interface Also {
  readonly change?: RunChange;
  readonly outcome?: Outcome;
  /** Changes something else in the same transaction. */
  tx?(tx: Transaction): void;
}

const COLUMNS: Readonly<Record<keyof RunChange, string>> = {
  sentence: 'sentence',
  destination: 'destination',
  digest: 'digest',
  files: 'files',
  additions: 'additions',
  deletions: 'deletions',
  reason: 'reason',
  proposal: 'proposal',
  accepted: 'accepted',
  consent: 'consent',
  before: 'before_snapshot',
  after: 'after_snapshot',
  verified: 'verified',
  takenBack: 'taken_back',
  undoing: 'undoing',
  report: 'report',
  conflicts: 'conflicts',
  expiresAt: 'expires_at',
  beganAt: 'began_at',
  undoUntil: 'undo_until',
};

/** Runs as rows: what happens to one, the event that tells of it and the row of the audit log commit together. */
export class Runs {
  /** The run that has changed. */
  readonly changed = new Listeners<string>();
  readonly #options: RunsOptions;

  constructor(options: RunsOptions) {
    this.#options = options;
  }

  /** Throws `not_found`. */
  get(id: string): StoredRun {
    const run = this.#options.mind.read((reader) => runOf(reader, id));
    if (run) return run;
    throw new ProgenyError(
      'not_found',
      `There is no run "${id}". \`progeny wheel list\` shows those that there are.`,
    );
  }

  steps(id: string): StoredStep[] {
    return this.#options.mind.read((reader) => stepsOf(reader, id));
  }

  /** A new run, which is being planned. */
  create(
    run: { workspace: string; recipe: string; origin: WheelOrigin; sentence: string; expiresAt: number },
    told: Told,
  ): StoredRun {
    const { mind, clock, random } = this.#options;
    const now = clock.now();
    const id = newId('run', now, random);
    mind.transact((tx) => {
      tx.run(
        `INSERT INTO wheel_runs (id, workspace, recipe, asked_by, asked_name, asked_why, status, sentence, destination, expires_at, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, ?, 'planning', ?, '', ?, ?, ?)`,
        id,
        run.workspace,
        run.recipe,
        run.origin.by,
        run.origin.name,
        run.origin.why ?? null,
        run.sentence,
        run.expiresAt,
        now,
        now,
      );
      this.#tell(tx, null, runOf(tx, id)!, told);
    });
    this.changed.tell(id);
    return this.get(id);
  }

  /** The steps of a plan, each in words. */
  plan(id: string, steps: readonly WheelStep[], told: Told, change: RunChange): StoredRun {
    return this.note(id, told, {
      change,
      tx: (tx) => {
        tx.run('DELETE FROM wheel_steps WHERE run = ?', id);
        for (const [n, step] of steps.entries())
          tx.run(
            "INSERT INTO wheel_steps (run, n, tool, words, status) VALUES (?, ?, ?, ?, 'waiting')",
            id,
            n,
            step.tool,
            stepWords(step),
          );
      },
    });
  }

  /** Lets something happen to a run. Throws `conflict` where it cannot happen to it as it stands. */
  move(id: string, event: RunEvent, told: Told, also: Also = {}): StoredRun {
    const moved = this.tryMove(id, event, told, also);
    if (moved) return moved;
    const { status } = this.get(id);
    throw new ProgenyError('conflict', `The run is ${WHEEL_STATUS_IS[status]} by now. Look at it again.`);
  }

  /** As `move`; null where it cannot happen. */
  tryMove(id: string, event: RunEvent, told: Told, { change = {}, outcome = null, tx: also }: Also = {}) {
    const { mind, clock } = this.#options;
    const from = this.get(id).status;
    const status = next(from, event);
    if (status === null) return null;
    mind.transact((tx) => {
      const settled = isSettled(status);
      also?.(tx);
      write(tx, id, change, {
        status,
        changed_at: clock.now(),
        ...(settled && { settled_at: clock.now() }),
      });
      const run = runOf(tx, id)!;
      this.#tell(tx, from, run, told);
      if (!settled || outcome === null) return;
      const { recipe, files, takenBack } = run;
      // What stands after some of it was taken back is not what was verified.
      const verified = run.verified === true && takenBack.length === 0;
      const changedFiles = Math.max(0, files - takenBack.length);
      tx.emit({ type: 'wheel.settled', subject: id, data: { recipe, outcome, verified, changedFiles } });
    });
    this.changed.tell(id);
    return this.get(id);
  }

  /** Changes a run that stays where it is. */
  note(id: string, told: Told | null, { change = {}, tx: also }: Also): StoredRun {
    const { mind, clock } = this.#options;
    mind.transact((tx) => {
      also?.(tx);
      write(tx, id, change, { changed_at: clock.now() });
      const run = runOf(tx, id)!;
      this.#tell(tx, run.status, run, told);
    });
    this.changed.tell(id);
    return this.get(id);
  }

  /** How one step went. */
  step(
    id: string,
    n: number,
    change: Partial<Pick<StoredStep, 'status' | 'note' | 'undo'>>,
    told: Told | null,
    also?: (tx: Transaction) => void,
  ): void {
    this.note(id, told, {
      tx: (tx) => {
        also?.(tx);
        for (const [column, value] of Object.entries(change))
          tx.run(`UPDATE wheel_steps SET ${column} = ? WHERE run = ? AND n = ?`, stored(value), id, n);
      },
    });
  }

  /** `from`: how it stood before; null for a new one. */
  #tell(tx: Transaction, from: WheelStatus | null, run: StoredRun, told: Told | null): void {
    const { id, status, recipe, files, origin } = run;
    tx.emit({ type: 'wheel.changed', subject: id, data: { status, from, recipe, files } });
    if (told)
      this.#options.audit.append(tx, { run: id, actor: actorOf(origin), tool: null, real: false, ...told });
  }
}

/** Who asked for a run, in one word for the audit log. */
export function actorOf({ by, name }: WheelOrigin): string {
  return by === 'person' ? by : `${by}:${name}`;
}

function write(
  tx: Transaction,
  id: string,
  change: RunChange,
  more: Readonly<Record<string, SqlValue>>,
): void {
  const values: Record<string, SqlValue> = { ...more };
  for (const [name, value] of Object.entries(change))
    values[COLUMNS[name as keyof RunChange]] = stored(value);
  const names = Object.keys(values);
  const sets = names.map((name) => `${name} = ?`).join(', ');
  tx.run(`UPDATE wheel_runs SET ${sets} WHERE id = ?`, ...Object.values(values), id);
}

function stored(value: unknown): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : JSON.stringify(value);
}
