import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { Clock, Logger } from '../kernel/index.ts';
import type { Backup, Health } from '../protocol/index.ts';
import type { BackupFolder } from './backups.ts';
import { setAside } from './set-aside.ts';
import { isCorruption } from './sqlite.ts';
import { findDamage } from './start-worker.ts';
import { isSuspect, trust } from './suspicion.ts';

/** A database to open: where it is in the data directory, and what is known to be wrong with it. */
export interface Opening<T> {
  readonly relative: string;
  readonly damage: string | null;
  /** Newest first. */
  readonly known: readonly Backup[];
  open(file: string): T;
  /** Another file is about to take its place: that of a backup, or, for null, a new one. */
  replaced(backup: string | null): void;
}

export interface RecoveryOptions {
  readonly dataDirectory: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly backups: BackupFolder;
  /** Tells the user. */
  notice(level: Health['level'], message: string): void;
}

/** Opens a database; a damaged one is set aside, and the newest backup that opens takes its place, or a new file. */
export function openOrRecover<T>(
  { relative, damage, known, open, replaced }: Opening<T>,
  options: RecoveryOptions,
): T {
  const { dataDirectory, clock, logger, backups, notice } = options;
  const file = path.join(dataDirectory, relative);
  let trouble = damage;
  if (trouble === null) {
    try {
      return open(file);
    } catch (error) {
      if (!isCorruption(error)) throw error;
      trouble = String(error);
    }
  }
  const note = (backup: string | null) => {
    try {
      replaced(backup);
    } catch (error) {
      // To have the store again matters more than to know why the audit log is shorter.
      logger.error({ file: relative, error: String(error) }, 'a restore could not be noted');
    }
  };
  logger.error({ file: relative, error: trouble }, 'a damaged file is set aside');
  const folder = setAside(dataDirectory, file, clock.now());
  for (const backup of known) {
    const copy = backups.copyOf(backup, relative);
    if (!copy) continue;
    try {
      note(backup.id);
      copyFileSync(copy, file);
      const restored = open(file);
      notice('warning', restoredText(trouble, backup, folder));
      return restored;
    } catch (failure) {
      if (!isCorruption(failure)) throw failure;
      setAside(dataDirectory, file, clock.now() + 1);
    }
  }
  notice(
    'error',
    `${relative} was damaged (${trouble}) and no backup of it was sound; a new one was begun. The damaged file is kept in ${folder}.`,
  );
  note(null);
  return open(file);
}

/** What is wrong with a file in which damage was met; null where none was, or where it is sound. */
export async function damageOf(file: string): Promise<string | null> {
  if (!isSuspect(file)) return null;
  const damage = existsSync(file) ? await findDamage(file) : null;
  if (damage === null) trust(file);
  return damage;
}

export function restoredText(damage: string, backup: Backup, folder: string): string {
  const date = new Date(backup.at).toISOString().slice(0, 16).replace('T', ' ');
  return `The store was damaged (${damage}). The backup of ${date} UTC was restored; what came after it is in ${folder}.`;
}
