import type { EditorSignal } from '../protocol/index.ts';

/** What a sensor row counts. `n` is, by kind, in brackets. */
export type RowKind =
  /** A span of edits on disk, or of attention in the editor, began [1]. */
  | 'edit'
  | 'editor'
  /** The active file changed; `file` is the one that was left [ms spent on it]. */
  | 'switch'
  /** The window gained [1] or lost [0] the focus; a debug session began [1] or ended [0]. */
  | 'focus'
  | 'debug'
  /** Diagnostics of the window after they changed [how many]. */
  | 'errors'
  | 'warnings'
  | 'test_passed'
  | 'test_failed'
  /** HEAD is on another branch, the one of this row [1]; refs or the stash moved [1]. */
  | 'branch'
  | 'refs'
  | 'stash'
  /** Load of the machine [percent], battery [percent], free disk [MB]. CPU alone is never "stress". */
  | 'cpu'
  | 'memory'
  | 'battery'
  | 'disk_workspace'
  | 'disk_data';

/** One raw observation; kept `settings.sensors.rawHours`. `file` is relative to the workspace, with slashes. */
export interface SensorRow {
  readonly at: number;
  readonly workspace: string;
  readonly kind: RowKind;
  readonly file: string | null;
  readonly branch: string | null;
  readonly n: number;
}

/** What a rule knows of a row; the workspace is added where it is written. */
export type RowDraft = Omit<SensorRow, 'workspace'>;

/**
 * A stretch of activity; kept `settings.sensors.spanDays`. The same id comes again, grown, until it ends.
 * "file" is edits on disk, "editor" attention in a window (`ended - started` is the dwell), "storm" many files
 * changed by a program: `file` is null and `folders` counts changes by top folder.
 */
export interface ActivitySpan {
  readonly id: string;
  readonly workspace: string;
  readonly kind: 'file' | 'editor' | 'storm';
  readonly file: string | null;
  readonly branch: string | null;
  readonly started: number;
  readonly ended: number;
  readonly edits: number;
  readonly saves: number;
  /** How many files: 1, or the changes of a storm (a file that was made and deleted may count twice). */
  readonly files: number;
  readonly folders?: Readonly<Record<string, number>>;
}

/** Where sensing writes. Called in batches; may throw or reject, then the same batch comes again later. */
export interface SensorSink {
  appendRows(rows: readonly SensorRow[]): void | Promise<void>;
  /** Inserts, or replaces the span of the same id. */
  upsertSpans(spans: readonly ActivitySpan[]): void | Promise<void>;
}

/** What happened to a file (never a folder). */
export interface FileChange {
  /** Relative to the workspace, with slashes. */
  readonly path: string;
  readonly type: 'create' | 'update' | 'delete';
}

/** An editor signal whose file may be recorded. A file that may not is `null`: the editor is elsewhere. */
export type AdmittedSignal =
  | Exclude<EditorSignal, { kind: 'active' }>
  | { readonly kind: 'active'; readonly at: number; readonly file: string | null };

/** What sensing tells other rooms, at most about once a second each. */
export type SensorChange =
  /** `many`: there were more than are named, or a rescan found that something changed. */
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly many: boolean }
  | { readonly kind: 'git'; readonly what: GitPart };

/** "worktree" is the set of linked work trees, or the repository itself appearing or vanishing. */
export type GitPart = 'head' | 'refs' | 'index' | 'stash' | 'worktree';

/** How well sensing sees, in words for a user. */
export interface SensorHealth {
  readonly at: number;
  readonly state: 'ok' | 'degraded' | 'gone';
  readonly reason: 'watching' | 'watch_limit' | 'watch_failed' | 'overflow' | 'missing' | 'sink';
  readonly message: string;
}
