/**
 * A path relative to its root, forward slashes, one character a byte: names need not be UTF-8. `shown` makes it
 * readable, `bytesOf` what the file system takes.
 */
export type RawPath = string;

export const bytesOf = (path: RawPath): Buffer => Buffer.from(path, 'latin1');
export const rawOf = (path: string): RawPath => Buffer.from(path, 'utf8').toString('latin1');
export const shown = (path: RawPath): string => bytesOf(path).toString('utf8');

/** What stood at a path. `mode` as git has it: 100644, 100755 or 120000 (octal). */
export interface Entry {
  readonly mode: string;
  readonly oid: string;
}

/** What is in the way of taking everything back: it was there, and is not kept. */
export interface Uncovered {
  readonly path: RawPath;
  readonly bytes: number;
  readonly why: 'large' | 'too many' | 'unreadable' | 'special';
}

/** A file of a git folder: its bytes as an object, or where a link leads. */
export interface ControlEntry {
  readonly mode: number;
  readonly oid: string;
}

/** The files of `.git` besides objects: HEAD, refs, index, reflogs, stash, hooks, configuration. */
export interface Control {
  /** Absolute. In a linked work tree `common` is another folder; elsewhere it is the same. */
  readonly folders: readonly string[];
  /** By folder's number and path: `0/HEAD`. */
  readonly files: Readonly<Record<string, ControlEntry>>;
  /** A tree of all of them, so that they stay. */
  readonly tree: string;
}

/** One work tree: the folder itself, or a repository inside of it. */
export interface WorkTree {
  /** Empty for the folder itself. */
  readonly at: RawPath;
  /** Tree of what git does not ignore, and of what it ignores and is covered all the same. */
  readonly files: string;
  readonly ignored: string;
  /** Permission bits that most files have, without and with the executable bit. */
  readonly usual: { readonly plain: number; readonly executable: number };
  /** Permission bits of the other files. */
  readonly modes: Readonly<Record<RawPath, number>>;
  /** Every folder with its permission bits. */
  readonly folders: Readonly<Record<RawPath, number>>;
  readonly uncovered: readonly Uncovered[];
  /** Ignored folders of which nothing is covered, such as `node_modules`. */
  readonly skipped: readonly RawPath[];
  readonly control: Control | null;
}

/** How a folder stood at an instant. */
export interface Snapshot {
  readonly version: 1;
  readonly id: string;
  readonly at: number;
  /** Absolute, links resolved. */
  readonly root: string;
  /** Why it was taken, in words. */
  readonly why: string;
  /** The run that it belongs to. */
  readonly run: string | null;
  /** The folder itself first. */
  readonly trees: readonly WorkTree[];
}

/** A path that differs between two snapshots of a work tree. */
export interface Change {
  readonly path: RawPath;
  readonly before: Entry | null;
  readonly after: Entry | null;
}

/** Something that stays as it is, because somebody changed it since, or because it cannot be taken back. */
export interface Conflict {
  /** Relative to the root of the snapshot; of a git folder: `.git/HEAD`. */
  readonly path: string;
  readonly why: string;
}

export interface Restored {
  readonly restored: readonly string[];
  readonly conflicts: readonly Conflict[];
}

export interface SnapshotLimits {
  /** Ignored files up to this size are covered, */
  readonly ignoredFileBytes: number;
  /** as long as they are no more together than this. */
  readonly ignoredBytes: number;
  /** New files that are not ignored are covered up to this size. */
  readonly fileBytes: number;
}

export const SNAPSHOT_LIMITS: SnapshotLimits = {
  ignoredFileBytes: 10 * 1024 * 1024,
  ignoredBytes: 200 * 1024 * 1024,
  fileBytes: 100 * 1024 * 1024,
};
