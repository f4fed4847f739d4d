import type {
  WheelConflict,
  WheelOrigin,
  WheelReport,
  WheelStatus,
  WheelStepState,
} from '../protocol/index.ts';
import type { Reader } from '../store/index.ts';
import type { GitUndo } from './types.ts';

/** A run as it is stored. */
export interface StoredRun {
  readonly id: string;
  /** Id of the folder, and where it lies. */
  readonly workspace: string;
  readonly root: string;
  readonly recipe: string;
  readonly origin: WheelOrigin;
  readonly status: WheelStatus;
  readonly sentence: string;
  readonly destination: string;
  readonly digest: string | null;
  readonly files: number;
  readonly additions: number;
  readonly deletions: number;
  readonly reason: string | null;
  readonly proposal: string | null;
  /** Of its files, those that a person said yes to, with where they were before; null: all. */
  readonly accepted: readonly string[] | null;
  /** What it began with: the click's connection, or silence. */
  readonly consent: Consent | null;
  /** Snapshots of the folder. */
  readonly before: string | null;
  readonly after: string | null;
  /** Null: nothing was run to verify it. */
  readonly verified: boolean | null;
  /** Files that a person took back one by one. */
  readonly takenBack: readonly string[];
  /** Undoing has begun: of these files, or of all. */
  readonly undoing: { readonly files: readonly string[] | null } | null;
  readonly report: WheelReport | null;
  readonly conflicts: readonly WheelConflict[];
  readonly createdAt: number;
  readonly changedAt: number;
  readonly expiresAt: number | null;
  readonly beganAt: number | null;
  readonly undoUntil: number | null;
  readonly settledAt: number | null;
}
export interface Consent {
  readonly by: 'click' | 'silence';
  readonly connection: string;
}
export interface StoredStep extends WheelStepState {
  readonly n: number;
  /** How to take back what it did to the repository, or the thread that it opened. */
  readonly undo: StepUndo | null;
}
export type StepUndo =
  | { readonly kind: 'git'; readonly git: GitUndo; readonly commit?: string }
  | { readonly kind: 'loop'; readonly loop: string };

interface Row {
  id: string;
  workspace: string;
  root: string;
  recipe: string;
  asked_by: WheelOrigin['by'];
  asked_name: string;
  asked_why: string | null;
  status: WheelStatus;
  sentence: string;
  destination: string;
  digest: string | null;
  files: number;
  additions: number;
  deletions: number;
  reason: string | null;
  proposal: string | null;
  accepted: string | null;
  consent: string | null;
  before_snapshot: string | null;
  after_snapshot: string | null;
  verified: number | null;
  taken_back: string;
  undoing: string | null;
  report: string | null;
  conflicts: string;
  created_at: number;
  changed_at: number;
  expires_at: number | null;
  began_at: number | null;
  undo_until: number | null;
  settled_at: number | null;
}

const SELECT =
  'SELECT wheel_runs.*, workspaces.path AS root FROM wheel_runs JOIN workspaces ON workspaces.id = wheel_runs.workspace';

export function runOf(reader: Reader, id: string): StoredRun | null {
  const row = reader.get<Row>(`${SELECT} WHERE wheel_runs.id = ?`, id);
  return row ? fromRow(row) : null;
}

/** Runs, the newest first; of one folder or of all. */
export function listRuns(reader: Reader, workspace: string | null, limit: number): StoredRun[] {
  const order = 'ORDER BY wheel_runs.created_at DESC, wheel_runs.id DESC LIMIT ?';
  const rows =
    workspace === null
      ? reader.all<Row>(`${SELECT} ${order}`, limit)
      : reader.all<Row>(`${SELECT} WHERE wheel_runs.workspace = ? ${order}`, workspace, limit);
  return rows.map(fromRow);
}

/** Runs that are not settled, the oldest first. */
export function unsettledRuns(reader: Reader): StoredRun[] {
  return reader
    .all<Row>(`${SELECT} WHERE wheel_runs.settled_at IS NULL ORDER BY wheel_runs.created_at, wheel_runs.id`)
    .map(fromRow);
}

export function stepsOf(reader: Reader, run: string): StoredStep[] {
  return reader
    .all<Omit<StoredStep, 'undo'> & { undo: string | null }>(
      'SELECT n, tool, words, status, note, undo FROM wheel_steps WHERE run = ? ORDER BY n',
      run,
    )
    .map((row) => ({ ...row, undo: parsed<StepUndo>(row.undo) }));
}

/** Files that it began to write: what may hold its bytes. */
export function writesOf(reader: Reader, run: string): string[] {
  return reader
    .all<{ path: string }>('SELECT path FROM wheel_writes WHERE run = ? ORDER BY path', run)
    .map(({ path }) => path);
}

function fromRow(row: Row): StoredRun {
  return {
    id: row.id,
    workspace: row.workspace,
    root: row.root,
    recipe: row.recipe,
    origin: {
      by: row.asked_by,
      name: row.asked_name,
      ...(row.asked_why !== null && { why: row.asked_why }),
    },
    status: row.status,
    sentence: row.sentence,
    destination: row.destination,
    digest: row.digest,
    files: row.files,
    additions: row.additions,
    deletions: row.deletions,
    reason: row.reason,
    proposal: row.proposal,
    accepted: parsed(row.accepted),
    consent: parsed(row.consent),
    before: row.before_snapshot,
    after: row.after_snapshot,
    verified: row.verified === null ? null : row.verified === 1,
    takenBack: JSON.parse(row.taken_back) as string[],
    undoing: parsed(row.undoing),
    report: parsed(row.report),
    conflicts: JSON.parse(row.conflicts) as WheelConflict[],
    createdAt: row.created_at,
    changedAt: row.changed_at,
    expiresAt: row.expires_at,
    beganAt: row.began_at,
    undoUntil: row.undo_until,
    settledAt: row.settled_at,
  };
}

function parsed<T>(json: string | null): T | null {
  return json === null ? null : (JSON.parse(json) as T);
}
