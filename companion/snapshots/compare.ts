import type { Change, ControlEntry, Entry, RawPath, Snapshot, WorkTree } from './snapshot.ts';
import type { Vault } from './vault.ts';

/** A path whose content or permission bits were changed; where bits are null, nothing was there. */
export interface FileChange extends Change {
  readonly modeBefore: number | null;
  readonly modeAfter: number | null;
}

export interface ControlChange {
  readonly name: string;
  readonly before: ControlEntry | null;
  readonly after: ControlEntry | null;
}

/** What a run changed in one work tree. */
export interface TreeChanges {
  readonly at: RawPath;
  readonly files: readonly FileChange[];
  /** Folders that were made and removed. */
  readonly made: readonly RawPath[];
  readonly removed: readonly { readonly path: RawPath; readonly mode: number }[];
  /** Folders whose permission bits changed. */
  readonly modes: readonly { readonly path: RawPath; readonly before: number; readonly after: number }[];
  readonly control: readonly ControlChange[];
  readonly controlFolders: readonly string[];
  /** What became of the repository of this work tree; `none`: there was and is none; `left`: it was made, and is to stay. */
  readonly repository: 'kept' | 'made' | 'removed' | 'none' | 'left';
}

/** What differs between two snapshots of the same folder, the folder itself first. */
export async function compare(vault: Vault, before: Snapshot, after: Snapshot): Promise<TreeChanges[]> {
  const places = [...new Set([...before.trees, ...after.trees].map(({ at }) => at))];
  const changes: TreeChanges[] = [];
  for (const at of places) {
    const one = before.trees.find((tree) => tree.at === at) ?? null;
    const other = after.trees.find((tree) => tree.at === at) ?? null;
    changes.push(await compareTrees(vault, at, one, other));
  }
  return changes;
}

async function compareTrees(
  vault: Vault,
  at: RawPath,
  before: WorkTree | null,
  after: WorkTree | null,
): Promise<TreeChanges> {
  const folders = {
    before: before?.folders ?? {},
    after: after?.folders ?? {},
  };
  return {
    at,
    files: await compareFiles(vault, before, after),
    made: Object.keys(folders.after).filter((path) => !(path in folders.before)),
    removed: Object.entries(folders.before)
      .filter(([path]) => !(path in folders.after))
      .map(([path, mode]) => ({ path, mode })),
    modes: Object.entries(folders.before).flatMap(([path, mode]) => {
      const now = folders.after[path];
      return now === undefined || now === mode ? [] : [{ path, before: mode, after: now }];
    }),
    control: compareControl(before?.control?.files ?? {}, after?.control?.files ?? {}),
    controlFolders: before?.control?.folders ?? after?.control?.folders ?? [],
    repository: after?.control ? (before?.control ? 'kept' : 'made') : before?.control ? 'removed' : 'none',
  };
}

/** Files of both kinds together: what a pattern ignores may have changed with the run. */
async function compareFiles(
  vault: Vault,
  before: WorkTree | null,
  after: WorkTree | null,
): Promise<FileChange[]> {
  const found = (await differing(vault, before, after)) ?? (await both(vault, before, after));
  const unknown = unknownTo(before);
  const lost = unknownTo(after);
  return [...found].flatMap(([path, [one, other]]) => {
    const [modeBefore, modeAfter] = [modeOf(before, path, one), modeOf(after, path, other)];
    if (one?.oid === other?.oid && one?.mode === other?.mode && modeBefore === modeAfter) return [];
    // Not kept before, or not looked at after: nobody can say what the run did to it.
    if ((one === null && unknown(path)) || (other === null && lost(path))) return [];
    return [{ path, before: one, after: other, modeBefore, modeAfter }];
  });
}

type Sides = readonly [before: Entry | null, after: Entry | null];

/**
 * What the trees themselves say to differ. Null where permission bits differ that they do not hold; then every file has
 * to be looked at.
 */
async function differing(
  vault: Vault,
  before: WorkTree | null,
  after: WorkTree | null,
): Promise<Map<RawPath, Sides> | null> {
  if (!before || !after) return null;
  const { plain, executable } = after.usual;
  if (before.usual.plain !== plain || before.usual.executable !== executable) return null;
  const [ignored, files] = await Promise.all([
    vault.differences(before.ignored, after.ignored),
    vault.differences(before.files, after.files),
  ]);
  const found = new Map<RawPath, Sides>();
  for (const { path, before: one, after: other } of [...ignored, ...files]) {
    const [had, has] = found.get(path) ?? [null, null];
    found.set(path, [one ?? had, other ?? has]);
  }
  const others = new Set([...Object.keys(before.modes), ...Object.keys(after.modes)]);
  for (const path of others) if (before.modes[path] !== after.modes[path] && !found.has(path)) return null;
  return found;
}

async function both(
  vault: Vault,
  before: WorkTree | null,
  after: WorkTree | null,
): Promise<Map<RawPath, Sides>> {
  const [files, more] = await Promise.all([everything(vault, before), everything(vault, after)]);
  const paths = new Set([...files.keys(), ...more.keys()]);
  return new Map([...paths].map((path) => [path, [files.get(path) ?? null, more.get(path) ?? null]]));
}

async function everything(vault: Vault, tree: WorkTree | null): Promise<Map<RawPath, Entry>> {
  if (!tree) return new Map();
  const [ignored, files] = await Promise.all([vault.list(tree.ignored), vault.list(tree.files)]);
  return new Map([...ignored, ...files]);
}

function unknownTo(tree: WorkTree | null): (path: RawPath) => boolean {
  const paths = new Set(tree?.uncovered.map(({ path }) => path));
  const skipped = tree?.skipped ?? [];
  return (path) => paths.has(path) || skipped.some((folder) => path.startsWith(`${folder}/`));
}

function modeOf(tree: WorkTree | null, path: RawPath, entry: Entry | null): number | null {
  if (!tree || !entry || entry.mode === '120000') return null;
  return tree.modes[path] ?? (entry.mode === '100755' ? tree.usual.executable : tree.usual.plain);
}

function compareControl(
  before: Readonly<Record<string, ControlEntry>>,
  after: Readonly<Record<string, ControlEntry>>,
): ControlChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [one, other] = [before[name] ?? null, after[name] ?? null];
    return one?.oid === other?.oid && one?.mode === other?.mode ? [] : [{ name, before: one, after: other }];
  });
}
