import { createHash } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type GitProgram, isGitError } from '../git/index.ts';
import { runGit } from '../git/node.ts';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import { compare, type TreeChanges } from './compare.ts';
import { type ExpiryLimits, expired, nextToGo } from './expiry.ts';
import { GitPlaces } from './git-places.ts';
import { bytesHeld } from './held.ts';
import { type Kept, Manifests, unknownSnapshot } from './manifests.ts';
import { packSometimes, sweep } from './packing.ts';
import type { Remembered } from './remembered.ts';
import { isIndex, restoreTrees } from './restore.ts';
import { type Restored, SNAPSHOT_LIMITS, type Snapshot, type SnapshotLimits } from './snapshot.ts';
import { excludesIn, keyOf, takeTrees } from './take.ts';
import { tidy } from './tidy.ts';
import { Vault } from './vault.ts';

export interface SnapshotsOptions {
  /** Where vaults lie, one for each folder that was ever kept. Nobody else works there. */
  readonly folder: string;
  readonly program: GitProgram;
  readonly clock: Clock;
  readonly random: Random;
  limits?(): SnapshotLimits;
}

export interface TakeFor {
  /** The run that it belongs to. */
  readonly run?: string | null;
  /** It does not expire until it is dropped, or the companion ends. */
  readonly hold?: boolean;
  readonly signal?: AbortSignal | undefined;
}
export interface RestoreWhat {
  /** Only these paths, as a person reads them; nothing of a repository's own state. */
  readonly only?: ReadonlySet<string> | undefined;
  /** But not these files, as a person reads them. */
  readonly except?: ReadonlySet<string> | undefined;
  /** Whether repositories go back to where they stood, too; default true. */
  readonly repository?: boolean | undefined;
}
export interface Expired {
  readonly removed: number;
  /** Bytes that the disk has again. */
  readonly freed: number;
  /** Bytes that are held now. */
  readonly held: number;
}

/** A hundred thousand names are some megabytes. */
const MOST_REMEMBERED = 3;

/**
 * Folders as they stood, so that what was done to them can be taken back: files byte by byte, with their modes, links
 * and empty folders, and where their repositories stood. Nothing is written to the folder or under its `.git`.
 */
export class Snapshots {
  readonly #options: SnapshotsOptions;
  readonly #manifests: Manifests;
  readonly #gitPlaces: GitPlaces;
  readonly #vaults = new Map<string, Promise<Vault>>();
  /** By folder and work tree. */
  readonly #memory = new Map<string, Map<string, Remembered>>();
  readonly #onHold = new Set<string>();
  readonly #ending = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SnapshotsOptions) {
    this.#options = options;
    this.#manifests = new Manifests(options.folder);
    this.#gitPlaces = new GitPlaces(options.program);
  }

  /** Keeps the folder (absolute, links resolved) as it stands. */
  take(root: string, why: string, { run = null, hold = false, signal }: TakeFor = {}): Promise<Snapshot> {
    const taken = this.#inTurn(async () => {
      const { clock, random, limits } = this.#options;
      const vault = await this.vault(root);
      const trees = await takeTrees(root, {
        vault,
        limits: limits?.() ?? SNAPSHOT_LIMITS,
        gitFoldersOf: (at) => this.#gitPlaces.of(at),
        trackedIn: (at) => this.#tracked(at),
        excludesOf: excludesIn,
        memory: this.#remembered(root),
        signal: signal ? AbortSignal.any([signal, this.#ending.signal]) : this.#ending.signal,
      });
      const at = clock.now();
      const snapshot: Snapshot = { version: 1, id: newId('snapshot', at, random), at, root, why, run, trees };
      await vault.git({ args: ['update-ref', '--stdin'], input: Buffer.from(refsOf(snapshot)) });
      if (hold) this.#onHold.add(snapshot.id);
      await this.#manifests.write(snapshot);
      return snapshot;
    });
    // When nobody waits for it.
    void taken.then(() => this.#inTurn(() => this.#pack(root))).catch(() => {});
    return taken;
  }

  /** The snapshots of a folder, or of all, the newest first. */
  list(root?: string): Promise<Kept[]> {
    return root === undefined ? this.#manifests.all() : this.#manifests.in(this.#manifests.place(root));
  }

  /** Throws `not_found`. */
  get(root: string, id: string): Promise<Snapshot> {
    return this.#manifests.get(root, id);
  }

  /** Whatever folder it is of. Throws `not_found`. */
  async find(id: string): Promise<Snapshot> {
    const kept = (await this.list()).find((each) => each.id === id);
    if (!kept) throw unknownSnapshot(id);
    return await this.get(kept.root, id);
  }

  /**
   * What differs between two snapshots of one folder. What stood there before is the vault's own from now on: it can be
   * put back whatever becomes of the repository that it was borrowed from.
   */
  changes(before: Snapshot, after: Snapshot): Promise<TreeChanges[]> {
    return this.#inTurn(async () => {
      const vault = await this.vault(before.root);
      const changes = await compare(vault, before, after);
      await vault.own(changes.flatMap(({ files }) => files.flatMap((file) => file.before?.oid ?? [])));
      const told: TreeChanges[] = [];
      for (const tree of changes) told.push(await this.#withoutReread(vault, tree));
      return told;
    });
  }

  /** Takes back what changed from one to the other, wherever it is still so. */
  restore(before: Snapshot, after: Snapshot, what: RestoreWhat = {}): Promise<Restored> {
    return this.#inTurn(async () => {
      const vault = await this.vault(before.root);
      const trees = await compare(vault, before, after);
      const token = createHash('sha256')
        .update(before.id + after.id)
        .digest('hex')
        .slice(0, 12);
      return await restoreTrees(
        before.root,
        trees.map((tree) => narrowed(tree, what)),
        { vault, token, sameIndex: (a, b) => this.#sameIndex(vault, a, b) },
      );
    });
  }

  /** Lets snapshots go; what only they kept goes from the disk. */
  remove(root: string, ids: readonly string[]): Promise<void> {
    return this.#inTurn(() => this.#letGo(root, ids));
  }

  /** Lets one go without giving its room back at once. */
  drop(root: string, id: string): Promise<void> {
    this.#onHold.delete(id);
    return this.#inTurn(() => this.#unpin(root, [id]));
  }

  /**
   * Lets go what is older than `before`, then the oldest until all of it together takes no more than `bytes`; never what
   * `isOpen` says that a run could still be taken back with.
   */
  expire(limits: ExpiryLimits, isOpen: (kept: Kept) => boolean, only?: string): Promise<Expired> {
    const open = (kept: Kept) => this.#onHold.has(kept.id) || isOpen(kept);
    return this.#inTurn(async () => {
      const { folder } = this.#options;
      const first = await bytesHeld(folder);
      let removed = await this.#letAllGo(expired(await this.list(only), limits, open));
      await this.#letEmptyGo(first > limits.bytes ? Number.POSITIVE_INFINITY : limits.before);
      let held = await bytesHeld(folder);
      for (let over = held > limits.bytes; over; ) {
        const next = nextToGo(await this.list(), limits, held, { open, over });
        if (next.length === 0) break;
        removed += await this.#letAllGo(next);
        held = await bytesHeld(folder);
      }
      return { removed, freed: Math.max(0, first - held), held };
    });
  }

  held(): Promise<number> {
    return bytesHeld(this.#options.folder);
  }

  /** Everything that is kept of a folder goes. */
  forget(root: string): Promise<void> {
    return this.#inTurn(() => this.#forget(root));
  }

  /** The vault of a folder. What uses it besides, only reads. */
  vault(root: string): Promise<Vault> {
    const known = this.#vaults.get(root) ?? this.#open(root);
    this.#vaults.set(root, known);
    known.catch(() => this.#vaults.delete(root));
    return known;
  }

  /** Ends what is under way; a take that is cut off counts for nothing. */
  async dispose(): Promise<void> {
    this.#ending.abort(new Error('The companion is ending.'));
    await this.#turn;
  }

  async #open(root: string): Promise<Vault> {
    const place = this.#manifests.place(root);
    const vault = await Vault.open(this.#options.program, path.join(place, 'vault.git'));
    await tidy(vault, place, new Set(await this.#manifests.ids(place)));
    return vault;
  }

  /** Nothing that went meanwhile is made anew for it. */
  async #pack(root: string): Promise<void> {
    const vault = await this.#vaults.get(root);
    if (vault) await packSometimes(vault, this.#ending.signal);
  }

  /** Vaults of which no snapshot is left: kept so that the next take is a quick one, while there is room. */
  async #letEmptyGo(olderThan: number): Promise<void> {
    for (const place of await this.#manifests.places()) {
      if ((await this.#manifests.ids(place)).length > 0) continue;
      const used = await stat(path.join(place, 'vault.git', 'work-trees')).catch(() => null);
      if (used && used.mtimeMs >= olderThan) continue;
      for (const root of [...this.#vaults.keys()])
        if (this.#manifests.place(root) === place) await this.#forget(root);
      await rm(place, { recursive: true, force: true });
    }
  }

  async #letAllGo(going: readonly Kept[]): Promise<number> {
    for (const [root, some] of Map.groupBy(going, (kept) => kept.root))
      await this.#letGo(
        root,
        some.map(({ id }) => id),
      );
    return going.length;
  }

  /** Where none is left, the vault goes with it. */
  async #letGo(root: string, ids: readonly string[]): Promise<void> {
    await this.#unpin(root, ids);
    if ((await this.#manifests.ids(this.#manifests.place(root))).length === 0) await this.#forget(root);
    else await sweep(await this.vault(root), this.#ending.signal);
  }

  /** The manifest first: references without one are taken away at the next start. */
  async #unpin(root: string, ids: readonly string[]): Promise<void> {
    const vault = await this.vault(root);
    const going = await Promise.all(ids.map((id) => this.get(root, id).catch(() => null)));
    for (const id of ids) await this.#manifests.remove(root, id);
    const input = going.map((snapshot) => (snapshot ? refsOf(snapshot, true) : '')).join('');
    await vault.git({ args: ['update-ref', '--stdin'], input: Buffer.from(input) });
  }

  async #forget(root: string): Promise<void> {
    this.#vaults.delete(root);
    this.#memory.delete(root);
    await rm(this.#manifests.place(root), { recursive: true, force: true });
  }

  /** What takes of this folder left; only the folders taken last are remembered. */
  #remembered(root: string): Map<string, Remembered> {
    const memory = this.#memory.get(root) ?? new Map<string, Remembered>();
    this.#memory.delete(root);
    this.#memory.set(root, memory);
    for (const other of [...this.#memory.keys()].slice(0, -MOST_REMEMBERED)) this.#memory.delete(other);
    return memory;
  }

  async #tracked(root: string) {
    const args = ['ls-files', '-z', '--cached', '--ignored', '--exclude-standard'];
    const call = { folder: root, args, maxBytes: 256 * 1024 * 1024 };
    const answer = await runGit(this.#options.program, call).catch((error: unknown) => {
      if (isGitError(error)) return null;
      throw error;
    });
    return answer?.output.toString('latin1').split('\0').filter(Boolean) ?? [];
  }

  /** An index that git only read anew is none that anybody changed. */
  async #withoutReread(vault: Vault, tree: TreeChanges): Promise<TreeChanges> {
    const index = tree.control.find(({ name }) => isIndex(name));
    if (!index?.before || !index.after) return tree;
    const [one, other] = [await vault.read(index.before.oid), await vault.read(index.after.oid)];
    if (!(await this.#sameIndex(vault, one, other))) return tree;
    return { ...tree, control: tree.control.filter((each) => each !== index) };
  }

  /** Whether two index files name the same contents. */
  async #sameIndex(vault: Vault, one: Buffer, other: Buffer): Promise<boolean> {
    const stages = async (bytes: Buffer, name: string) => {
      const file = path.join(vault.folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
      try {
        return await vault.git({
          args: ['ls-files', '--stage', '-z'],
          environment: { GIT_INDEX_FILE: file },
        });
      } finally {
        await rm(file, { force: true });
      }
    };
    try {
      return (await stages(one, 'compared-1')).equals(await stages(other, 'compared-2'));
    } catch (error) {
      // What git cannot read is like nothing else.
      if (isGitError(error)) return false;
      throw error;
    }
  }

  /** One at a time: they share an index. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task, task);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

function narrowed(tree: TreeChanges, { only, except, repository = true }: RestoreWhat): TreeChanges {
  const at = tree.at === '' ? '' : `${tree.at}/`;
  const read = (file: string) => Buffer.from(at + file, 'latin1').toString('utf8');
  const files = tree.files.filter(
    ({ path: file }) => (only?.has(read(file)) ?? true) && !except?.has(read(file)),
  );
  // Nobody could make a repository again whose files alone are kept.
  if (!repository && only === undefined && tree.at !== '' && tree.repository === 'made')
    return { ...tree, files: [], made: [], removed: [], modes: [], control: [], repository: 'left' };
  const kept: TreeChanges = repository ? tree : { ...tree, control: [], repository: 'none' };
  if (only === undefined) return { ...kept, files };
  return { ...kept, files, modes: [], control: [], made: [], removed: [] };
}

/**
 * Commands that pin what a snapshot names, or let it go. What the next take of each work tree stands on is pinned too:
 * its index names contents that no snapshot may name any more.
 */
function refsOf({ id, root, trees }: Snapshot, gone = false): string {
  return trees
    .flatMap(({ at, files, ignored, control }, i) => {
      const key = keyOf(at === '' ? root : path.join(root, Buffer.from(at, 'latin1').toString('utf8')));
      return Object.entries({ files, ignored, ...(control && { control: control.tree }) }).flatMap(
        ([name, oid]) =>
          gone
            ? [`delete refs/snapshots/${id}/${i}/${name}\n`]
            : [
                `create refs/snapshots/${id}/${i}/${name} ${oid}\n`,
                `update refs/work-trees/${key}/${name} ${oid}\n`,
              ],
      );
    })
    .join('');
}
