import type { KeptControl } from './control.ts';
import type { CoveredIgnored } from './cover-ignored.ts';
import type { Modes } from './modes.ts';
import type { RawPath, Uncovered, WorkTree } from './snapshot.ts';
import type { GitFolders } from './take.ts';
import type { WalkedFolder } from './walk.ts';

/** What a take of a work tree found, so that the next one looks only at what changed since. */
export interface Remembered {
  readonly folders: GitFolders | null;
  /** Patterns besides those in the work tree. */
  readonly excludes: string;
  readonly walk: ReadonlyMap<RawPath, WalkedFolder>;
  readonly folderModes: Readonly<Record<RawPath, number>>;
  readonly nested: readonly RawPath[];
  readonly skipped: readonly RawPath[];
  /** Tree of what is not ignored. */
  readonly files: string;
  readonly ignored: CoveredIgnored;
  /** Not ignored and not kept all the same. */
  readonly left: readonly Uncovered[];
  /** The walk saw them, and then they were gone: if they are back, they are new. */
  readonly missed: readonly RawPath[];
  readonly modes: Modes;
  readonly control: KeptControl | null;
}

/** Folders that hold nothing that cannot be made again, and a great deal of it. Never covered where they are ignored. */
const HEAVY = new Set([
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.tox',
  '.gradle',
  '.terraform',
  '.yarn',
  '.pnpm-store',
]);

export const isHeavy = (folder: RawPath) => HEAVY.has(folder.slice(folder.lastIndexOf('/') + 1));

/** As it stands in the manifest. */
export function treeOf(at: RawPath, now: Remembered): WorkTree {
  const { folderModes, files, ignored, left, modes, skipped, control } = now;
  return {
    at,
    files,
    ignored: ignored.tree,
    usual: modes.usual,
    modes: modes.modes,
    folders: folderModes,
    uncovered: [...left, ...ignored.uncovered],
    skipped,
    control: control?.control ?? null,
  };
}
