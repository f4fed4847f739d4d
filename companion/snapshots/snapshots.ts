import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type GitProgram, isGitError, openRepository } from '../git/index.ts';
import { runGit } from '../git/node.ts';
import { type Clock, newId, type Random } from '../kernel/index.ts';
import { writeFileAtomic } from '../kernel/node.ts';
import { ProgenyError } from '../protocol/index.ts';
import { compare, type TreeChanges } from './compare.ts';
import type { Remembered } from './remembered.ts';
import { restoreTrees } from './restore.ts';
import { standing } from './scan.ts';
import { type Restored, SNAPSHOT_LIMITS, type Snapshot, type SnapshotLimits } from './snapshot.ts';
import { excludesIn, type GitFolders, takeTrees } from './take.ts';
import { Vault } from './vault.ts';

export interface SnapshotsOptions {
  /** Where vaults lie, one for each folder that was ever kept. */
  readonly folder: string;
  readonly program: GitProgram;
  readonly clock: Clock;
  readonly random: Random;
  limits?(): SnapshotLimits;
}

/** A hundred thousand names are some megabytes. */
const MOST_REMEMBERED = 3;

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/**
 * Folders as they stood, so that what was done to them can be taken back: files byte by byte, with their modes, links
 * and empty folders, and where their repositories stood. Nothing is written to the folder or under its `.git`.
 */
export class Snapshots {
  readonly #options: SnapshotsOptions;
  readonly #vaults = new Map<string, Promise<Vault>>();
  /** By folder and work tree. */
  readonly #memory = new Map<string, Map<string, Remembered>>();
  readonly #gitFoldersOf = new Map<string, { key: string; folders: GitFolders | null }>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: SnapshotsOptions) {
    this.#options = options;
  }

  /** Keeps the folder (absolute, links resolved) as it stands. */
  take(root: string, why: string, signal?: AbortSignal): Promise<Snapshot> {
    return this.#inTurn(async () => {
      const { clock, random, limits } = this.#options;
      const vault = await this.#vault(root);
      const trees = await takeTrees(root, {
        vault,
        limits: limits?.() ?? SNAPSHOT_LIMITS,
        gitFoldersOf: (at) => this.#gitFolders(at),
        trackedIn: (at) => this.#tracked(at),
        excludesOf: excludesIn,
        memory: this.#remembered(root),
        ...(signal && { signal }),
      });
      const now = clock.now();
      const snapshot: Snapshot = {
        version: 1,
        id: newId('snapshot', now, random),
        at: now,
        root,
        why,
        trees,
      };
      await vault.git({ args: ['update-ref', '--stdin'], input: Buffer.from(refsOf(snapshot)) });
      await writeFileAtomic(this.#file(root, snapshot.id), await zip(JSON.stringify(snapshot)));
      return snapshot;
    });
  }

  /** The snapshots of a folder, the newest first. */
  async list(root: string): Promise<Snapshot[]> {
    const names = await readdir(this.#place(root)).catch(() => []);
    const found = names
      .filter((name) => name.endsWith('.json.gz'))
      .map((name) => name.slice(0, -'.json.gz'.length));
    const all = await Promise.all(found.map((id) => this.get(root, id)));
    return all.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
  }

  /** Throws `not_found`. */
  async get(root: string, id: string): Promise<Snapshot> {
    const zipped = await readFile(this.#file(root, id)).catch(() => null);
    if (!zipped)
      throw new ProgenyError(
        'not_found',
        `There is no snapshot "${id}" of "${root}". \`progeny snapshots list\` shows them.`,
      );
    return JSON.parse((await unzip(zipped)).toString('utf8')) as Snapshot;
  }

  /**
   * What differs between two snapshots of one folder. What stood there before is the vault's own from now on: it can be
   * put back whatever becomes of the repository that it was borrowed from.
   */
  async changes(before: Snapshot, after: Snapshot): Promise<TreeChanges[]> {
    const vault = await this.#vault(before.root);
    const changes = await compare(vault, before, after);
    await vault.own(changes.flatMap(({ files }) => files.flatMap((file) => file.before?.oid ?? [])));
    return changes;
  }

  /** Takes back what changed from one to the other, wherever it is still so. */
  restore(before: Snapshot, after: Snapshot, only?: ReadonlySet<string>): Promise<Restored> {
    return this.#inTurn(async () => {
      const vault = await this.#vault(before.root);
      const trees = await compare(vault, before, after);
      const token = createHash('sha256')
        .update(before.id + after.id)
        .digest('hex')
        .slice(0, 12);
      const wanted = only === undefined ? trees : trees.map((tree) => onlyFiles(tree, only));
      return await restoreTrees(before.root, wanted, {
        vault,
        token,
        sameIndex: (a, b) => this.#sameIndex(vault, a, b),
      });
    });
  }

  /** Lets snapshots go; what only they kept goes from the disk. */
  remove(root: string, ids: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      const vault = await this.#vault(root);
      for (const id of ids) {
        const snapshot = await this.get(root, id).catch(() => null);
        await rm(this.#file(root, id), { force: true });
        if (snapshot)
          await vault.git({ args: ['update-ref', '--stdin'], input: Buffer.from(refsOf(snapshot, true)) });
      }
      await vault.git({ args: ['prune', '--expire=now'] });
    });
  }

  /** What takes of this folder left; only the folders taken last are remembered. */
  #remembered(root: string): Map<string, Remembered> {
    const memory = this.#memory.get(root) ?? new Map<string, Remembered>();
    this.#memory.delete(root);
    this.#memory.set(root, memory);
    for (const other of [...this.#memory.keys()].slice(0, -MOST_REMEMBERED)) this.#memory.delete(other);
    return memory;
  }

  async #vault(root: string): Promise<Vault> {
    const known =
      this.#vaults.get(root) ?? Vault.open(this.#options.program, path.join(this.#place(root), 'vault.git'));
    this.#vaults.set(root, known);
    return await known;
  }

  #place(root: string): string {
    return path.join(this.#options.folder, createHash('sha256').update(root).digest('hex').slice(0, 16));
  }

  #file(root: string, id: string): string {
    return path.join(this.#place(root), `${id}.json.gz`);
  }

  /** Asked of git again only where `.git` is another, or what it says of itself. */
  async #gitFolders(root: string): Promise<GitFolders | null> {
    const dot = standing(Buffer.from(path.join(root, '.git')));
    if (!dot) return null;
    const config = standing(Buffer.from(path.join(root, '.git', 'config')));
    const key = [dot.ino, dot.isDirectory() ? '' : dot.ctimeMs, config?.ino, config?.ctimeMs].join(' ');
    const known = this.#gitFoldersOf.get(root);
    if (known?.key === key) return known.folders;
    const folders = await this.#discover(root);
    this.#gitFoldersOf.set(root, { key, folders });
    return folders;
  }

  async #discover(root: string): Promise<GitFolders | null> {
    try {
      const found = await openRepository(this.#options.program, root);
      return found.root === root ? { own: found.gitDir, common: found.commonDir } : null;
    } catch (error) {
      if (isGitError(error)) return null;
      throw error;
    }
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
    return (await stages(one, 'compared-1')).equals(await stages(other, 'compared-2'));
  }

  /** One at a time: they share an index. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(task, task);
    this.#turn = turn.catch(() => {});
    return turn;
  }
}

/** Only these paths, as a person reads them; nothing of a repository's own state. */
function onlyFiles(tree: TreeChanges, only: ReadonlySet<string>): TreeChanges {
  const at = tree.at === '' ? '' : `${tree.at}/`;
  const files = tree.files.filter(({ path: file }) =>
    only.has(Buffer.from(at + file, 'latin1').toString('utf8')),
  );
  return { ...tree, files, modes: [], control: [], made: [], removed: [] };
}

/** Commands that pin what a snapshot names, or let it go. */
function refsOf({ id, trees }: Snapshot, gone = false): string {
  return trees
    .flatMap(({ files, ignored, control }, i) =>
      Object.entries({ files, ignored, ...(control && { control: control.tree }) }).map(
        ([name, oid]) => [`refs/snapshots/${id}/${i}/${name}`, oid] as const,
      ),
    )
    .map(([name, oid]) => (gone ? `delete ${name}\n` : `create ${name} ${oid}\n`))
    .join('');
}
