import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Backup, ProgenyError } from '../protocol/index.ts';
import { findDamage } from './start-worker.ts';

export type BackupKind = Backup['kind'];

const DAY = 24 * 60 * 60 * 1000;
const MANUAL_KEPT = 10;
const UNFINISHED = '.building-';

/** Which backups may go: beyond the newest of each kind that are kept. Pure. */
export function expired(backups: readonly Backup[], keep: { daily: number; weekly: number }): Backup[] {
  const limit: Record<BackupKind, number> = { ...keep, manual: MANUAL_KEPT };
  const newestFirst = [...backups].sort((a, b) => b.at - a.at);
  const seen: Record<BackupKind, number> = { daily: 0, weekly: 0, manual: 0 };
  return newestFirst.filter((backup) => ++seen[backup.kind] > limit[backup.kind]);
}

/** Which regular backup is due now; null when none is. A weekly one counts as that day's daily one. */
export function dueBackup(backups: readonly Backup[], now: number, weekly: number): BackupKind | null {
  const age = (kinds: BackupKind[]) =>
    now - Math.max(0, ...backups.filter((b) => kinds.includes(b.kind)).map((b) => b.at));
  if (age(['daily', 'weekly']) < DAY) return null;
  return weekly > 0 && age(['weekly']) >= 7 * DAY ? 'weekly' : 'daily';
}

/** Copies of all databases, one folder each, under `<data>/backups`. */
export class BackupFolder {
  readonly #root: string;

  constructor(dataDirectory: string) {
    this.#root = path.join(dataDirectory, 'backups');
  }

  /** Finished backups, newest first. */
  async list(): Promise<Backup[]> {
    if (!existsSync(this.#root)) return [];
    const found: Backup[] = [];
    for (const name of await readdir(this.#root)) {
      const match = /^(\d{13,})-(daily|weekly|manual)$/.exec(name);
      if (!match) continue;
      const bytes = await folderBytes(path.join(this.#root, name));
      if (bytes === null) continue;
      found.push({ id: name, at: Number(match[1]), kind: match[2] as BackupKind, bytes });
    }
    return found.sort((a, b) => b.at - a.at);
  }

  /**
   * `copy` writes each database into the folder it is given; the backup appears only when it did. When `removals`
   * counts another one by then, it is made again: what was forgotten meanwhile is not to be in it.
   */
  async create(
    kind: BackupKind,
    now: number,
    copy: (folder: string) => Promise<void>,
    removals: () => number,
  ): Promise<Backup> {
    const id = `${now}-${kind}`;
    const building = path.join(this.#root, `${UNFINISHED}${id}`);
    try {
      let before: number;
      do {
        before = removals();
        await rm(building, { recursive: true, force: true });
        await mkdir(building, { recursive: true, mode: 0o700 });
        await copy(building);
      } while (removals() !== before);
      await rename(building, path.join(this.#root, id));
    } catch (error) {
      await rm(building, { recursive: true, force: true });
      throw error;
    }
    return { id, at: now, kind, bytes: (await folderBytes(path.join(this.#root, id))) ?? 0 };
  }

  /** Removes what a process that was killed left half-made. */
  async removeUnfinished(): Promise<void> {
    if (!existsSync(this.#root)) return;
    const left = (await readdir(this.#root)).filter((name) => name.startsWith(UNFINISHED));
    for (const name of left) await rm(path.join(this.#root, name), { recursive: true, force: true });
  }

  async remove(backup: Backup): Promise<void> {
    await rm(path.join(this.#root, backup.id), { recursive: true, force: true });
  }

  /** Where a backup keeps its copy of a database; null when it has none. */
  copyOf(backup: Backup, relative: string): string | null {
    const file = path.join(this.#root, backup.id, relative);
    return existsSync(file) ? file : null;
  }

  async find(id: string): Promise<Backup> {
    const found = (await this.list()).find((backup) => backup.id === id);
    if (!found)
      throw new ProgenyError(
        'not_found',
        `There is no backup "${id}". \`progeny backup --list\` shows them.`,
      );
    return found;
  }
}

/** Puts a verified copy of `source` beside `target`, ready to take its place with one rename. */
export async function stage(source: string, target: string): Promise<string> {
  const staged = `${target}.restoring`;
  await rm(staged, { force: true });
  await copyFile(source, staged);
  const damage = await findDamage(staged);
  if (damage) {
    await rm(staged, { force: true });
    throw new ProgenyError(
      'conflict',
      `The backup is damaged (${damage}); nothing was changed. Choose another one.`,
    );
  }
  return staged;
}

/** Null for a folder that expired meanwhile. SQLite's own files beside a database come and go while it is checked. */
async function folderBytes(folder: string): Promise<number | null> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => null);
  if (entries === null) return null;
  const sizes = entries.map(async (entry) => {
    if (!entry.isFile()) return 0;
    return stat(path.join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  });
  return (await Promise.all(sizes)).reduce((sum, bytes) => sum + bytes, 0);
}
