import { mkdirSync, renameSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Clock, type Disposable, Listeners, type Logger, type Random } from '../kernel/index.ts';
import { actorId, type Backup, type Health, ProgenyError } from '../protocol/index.ts';
import { BackupFolder, type BackupKind, dueBackup, expired, stage } from './backups.ts';
import type { Tombstone } from './burial.ts';
import { DiskGuard, type DiskLimits } from './disk-guard.ts';
import { Hub } from './hub.ts';
import { Mind } from './mind.ts';
import { HUB_FILE, mindFile } from './places.ts';
import { damageOf, type Opening, openOrRecover, restoredText } from './recovery.ts';
import { noteRestore } from './restore-note.ts';
import { setAside } from './set-aside.ts';
import { type Durability, isCorruption } from './sqlite.ts';
import { copyDatabase, findDamage } from './start-worker.ts';
import { isSuspect, suspected, trust } from './suspicion.ts';

export interface StoreOptions {
  dataDirectory: string;
  clock: Clock;
  random: Random;
  logger: Logger;
  limits: () => DiskLimits & { dailyBackups: number; weeklyBackups: number };
  /** Left out: FULL. OFF where all of it is made anew when a part of it is lost. */
  durability?: Durability;
}

const CREATOR = 'creator';
const BACKUP_CHECK_MS = 60 * 60 * 1000;

/** The databases of one data directory: a hub, and one mind for each actor. */
export class Store {
  readonly hub: Hub;
  /** The single user's mind. */
  readonly mind: Mind;
  readonly guard: DiskGuard;
  readonly backups: BackupFolder;
  /** What was found or mended, for the user to know. */
  readonly notices: Health[] = [];
  readonly changed = new Listeners<void>();
  readonly #options: StoreOptions;
  readonly #timers: Disposable[] = [];
  /** Those of others than the creator, open or being opened. */
  readonly #minds = new Map<string, Promise<Mind>>();
  readonly #opened: Mind[] = [];
  /** Suspect files that were looked into. */
  readonly #lookedInto = new Set<string>();
  #closed = false;
  #backingUp: Promise<Backup> | null = null;
  #mending: Promise<void> | null = null;

  private constructor(
    options: StoreOptions,
    guard: DiskGuard,
    backups: BackupFolder,
    known: Backup[],
    damage: Record<'hub' | 'mind', string | null>,
  ) {
    this.#options = options;
    this.guard = guard;
    this.backups = backups;
    this.hub = this.#open({
      relative: HUB_FILE,
      damage: damage.hub,
      known,
      open: (file) => new Hub(file, options.clock, options.random, guard),
      replaced: () => {},
    });
    try {
      this.mind = this.#openMindFile(CREATOR, known, damage.mind);
    } catch (error) {
      this.hub.close();
      throw error;
    }
  }

  /**
   * Opens, migrates and, where a file is damaged, sets it aside and restores the newest backup of it. Throws what SQLite
   * says of damage that it meets only afterwards (`isCorruption`): that is mended when it is opened again.
   */
  static async open(options: StoreOptions): Promise<Store> {
    mkdirSync(path.join(options.dataDirectory, path.dirname(mindFile(CREATOR))), {
      recursive: true,
      mode: 0o700,
    });
    const backups = new BackupFolder(options.dataDirectory);
    await backups.removeUnfinished();
    let store: Store | null = null;
    const guard = new DiskGuard(options.dataDirectory, options.limits, options.clock, () => store?.probe());
    const known = await backups.list();
    const damage = {
      hub: await damageOf(path.join(options.dataDirectory, HUB_FILE)),
      mind: await damageOf(path.join(options.dataDirectory, mindFile(CREATOR))),
    };
    store = new Store(options, guard, backups, known, damage);
    try {
      store.#start();
      return store;
    } catch (error) {
      store.close();
      throw error;
    }
  }

  /** Takes a person in, once however often it is asked. Throws `bad_input` for what is no name of one, `read_only`. */
  addActor(id: string): void {
    const known = actorId.safeParse(id);
    if (!known.success) throw badActor(id);
    this.hub.ensureActor(known.data, known.data === CREATOR ? CREATOR : 'person');
  }

  /** The mind of a person, a file of its own, opened when it is first asked for. Throws `not_found` for nobody we know. */
  async mindOf(actor: string): Promise<Mind> {
    if (actor === CREATOR) return this.mind;
    // The name becomes a folder: only what `addActor` let in ever gets here.
    if (!actorId.safeParse(actor).success) throw badActor(actor);
    const known = this.#minds.get(actor);
    if (known) return known;
    if (!this.hub.actors().includes(actor))
      throw new ProgenyError('not_found', `There is nobody called "${actor}" here.`);
    const opening = this.#openMind(actor);
    this.#minds.set(actor, opening);
    opening.catch(() => this.#minds.delete(actor));
    return opening;
  }

  async #openMind(actor: string): Promise<Mind> {
    const file = path.join(this.#options.dataDirectory, mindFile(actor));
    const known = await this.backups.list();
    const damage = await damageOf(file);
    if (this.#closed) throw new ProgenyError('shutting_down', 'The companion is stopping.');
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const mind = this.#openMindFile(actor, known, damage);
    this.#opened.push(mind);
    return mind;
  }

  #open<T>(opening: Opening<T>): T {
    return openOrRecover(opening, {
      ...this.#options,
      backups: this.backups,
      notice: (level, message) => this.#notice(level, message),
    });
  }

  #openMindFile(actor: string, known: Backup[], damage: string | null): Mind {
    const { clock, durability } = this.#options;
    const mind = this.#open({
      relative: mindFile(actor),
      damage,
      known,
      open: (file) => new Mind(actor, file, clock, this.guard, durability),
      replaced: (backup) => noteRestore(this.hub, actor, clock.now(), backup),
    });
    try {
      this.#buryAgain(mind);
      return mind;
    } catch (error) {
      mind.close();
      throw error;
    }
  }

  /** Takes a backup of all databases and lets the oldest expire. Two calls at once share one backup. */
  backup(kind: BackupKind): Promise<Backup> {
    this.guard.assertWritable();
    this.#backingUp ??= this.#backup(kind).finally(() => {
      this.#backingUp = null;
    });
    return this.#backingUp;
  }

  /** Puts a verified backup in the place of the mind. What was there is set aside, not deleted. */
  async restore(id: string): Promise<{ restored: Backup; setAside: string }> {
    this.guard.assertWritable();
    const backup = await this.backups.find(id);
    const copy = this.backups.copyOf(backup, mindFile(CREATOR));
    if (!copy) throw new ProgenyError('conflict', `The backup "${id}" holds no mind; nothing was changed.`);
    const staged = await stage(copy, this.mind.file);
    await this.#backingUp?.catch(() => undefined);
    const folder = this.#swap(staged, backup);
    return { restored: backup, setAside: folder };
  }

  /** A write that changes nothing: throws while the disk is in trouble. */
  probe(): void {
    this.mind.probe();
  }

  /** What is wrong with the mind's file, found out on another thread; null when it is sound. */
  findDamage(): Promise<string | null> {
    return findDamage(this.mind.file);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const timer of this.#timers) timer.dispose();
    this.guard.dispose();
    this.changed.clear();
    try {
      this.hub.setMeta('stopped', 'cleanly');
    } catch (error) {
      this.#options.logger.warn({ error: String(error) }, 'the clean stop could not be noted');
    }
    this.mind.close();
    for (const mind of this.#opened) mind.close();
    this.hub.close();
  }

  #start(): void {
    const { clock, logger } = this.#options;
    this.guard.check();
    this.guard.changed.add(() => this.changed.tell());
    const clean = this.hub.getMeta('stopped') === 'cleanly' || this.mind.seq === 0;
    try {
      this.hub.setMeta('stopped', 'not yet');
      this.hub.ensureActor(CREATOR, 'creator');
    } catch (error) {
      logger.warn({ error: String(error) }, 'the start could not be noted');
    }
    if (!clean) void this.#mendMind();
    this.#timers.push(suspected.add((file) => void this.#lookInto(file)));
    const regular = () => {
      // Damage that another thread met.
      for (const file of this.#files().filter(isSuspect)) void this.#lookInto(file);
      void this.#regularBackup();
    };
    this.#timers.push(clock.after(60_000, regular), clock.every(BACKUP_CHECK_MS, regular));
  }

  /** Looks into a file in which damage was met, once until another takes its place. */
  async #lookInto(file: string): Promise<void> {
    if (!this.#files().includes(file) || this.#lookedInto.has(file)) return;
    this.#lookedInto.add(file);
    if (file === this.mind.file) return this.#mendMind();
    const damage = await damageOf(file).catch(String);
    if (damage === null) return;
    const name = path.relative(this.#options.dataDirectory, file);
    this.#notice(
      'error',
      `${name} is damaged (${damage}). It is mended from the newest backup when the companion starts again: \`progeny stop\` ends it.`,
    );
  }

  #files(): string[] {
    return [this.hub.file, this.mind.file, ...this.#opened.map(({ file }) => file)];
  }

  /** Puts the newest backup in the place of the mind if that is damaged, without holding anybody up. Two calls at once share one. */
  #mendMind(): Promise<void> {
    this.#mending ??= this.#mend().finally(() => {
      this.#mending = null;
    });
    return this.#mending;
  }

  async #mend(): Promise<void> {
    const { logger } = this.#options;
    try {
      const damage = await findDamage(this.mind.file);
      if (this.#closed) return;
      if (!damage) return trust(this.mind.file);
      logger.error({ damage }, 'the store is damaged');
      const newest = (await this.backups.list()).find((b) => this.backups.copyOf(b, mindFile(CREATOR)));
      const copy = newest && this.backups.copyOf(newest, mindFile(CREATOR));
      if (this.#closed) return;
      if (!newest || !copy)
        return this.#notice(
          'error',
          `The store is damaged (${damage}) and there is no backup yet. Export what you need: the next start sets it aside and begins a new one.`,
        );
      const folder = this.#swap(await stage(copy, this.mind.file), newest);
      this.#lookedInto.delete(this.mind.file);
      this.#notice('warning', restoredText(damage, newest, folder));
    } catch (error) {
      if (!this.#closed)
        logger.error({ error: String(error) }, 'the mind could not be looked into or mended');
    }
  }

  #swap(staged: string, backup: Backup): string {
    let folder = '';
    noteRestore(this.hub, CREATOR, this.#options.clock.now(), backup.id);
    this.mind.replace((file) => {
      folder = setAside(this.#options.dataDirectory, file, this.#options.clock.now());
      renameSync(staged, file);
    });
    this.#buryAgain(this.mind);
    return folder;
  }

  /** What was forgotten is forgotten by a file that did not know it: each of hub and mind may be older than the other. */
  #buryAgain(mind: Mind): void {
    const [inMind, inHub] = [mind.tombstones, this.hub.tombstones(mind.actor)];
    const [newInHub, newInMind] = [without(inMind, inHub), without(inHub, inMind)];
    try {
      if (newInHub.length > 0) this.hub.addTombstones(mind.actor, newInHub);
      if (newInMind.length > 0) mind.bury(newInMind);
    } catch (error) {
      if (isCorruption(error)) throw error;
      this.#options.logger.error({ error: String(error) }, 'what was forgotten could not be buried again');
    }
  }

  async #regularBackup(): Promise<void> {
    try {
      const { clock, limits } = this.#options;
      if (this.mind.seq === 0 || this.guard.readOnly) return;
      const kind = dueBackup(await this.backups.list(), clock.now(), limits().weeklyBackups);
      if (kind && !this.#closed) await this.backup(kind);
    } catch (error) {
      this.#options.logger.error({ error: String(error) }, 'the daily backup failed');
      this.#notice('warning', `The daily backup failed: ${String(error)}`);
    }
  }

  async #backup(kind: BackupKind): Promise<Backup> {
    const { clock, limits } = this.#options;
    const removals = () => [this.mind, ...this.#opened].reduce((sum, mind) => sum + mind.removals, 0);
    const copyAll = async (folder: string) => {
      await copyDatabase(this.hub.file, path.join(folder, HUB_FILE));
      for (const actor of this.hub.actors()) {
        const copy = path.join(folder, mindFile(actor));
        await mkdir(path.dirname(copy), { recursive: true, mode: 0o700 });
        await copyDatabase((await this.mindOf(actor)).file, copy);
      }
    };
    const made = await this.backups.create(kind, clock.now(), copyAll, removals);
    const { dailyBackups: daily, weeklyBackups: weekly } = limits();
    for (const old of expired(await this.backups.list(), { daily, weekly })) await this.backups.remove(old);
    return made;
  }

  #notice(level: Health['level'], message: string): void {
    this.notices.push({ subject: 'store', level, message, at: this.#options.clock.now() });
    this.changed.tell();
  }
}

function without(some: readonly Tombstone[], known: readonly Tombstone[]): Tombstone[] {
  const ids = new Set(known.map(({ id }) => id));
  return some.filter(({ id }) => !ids.has(id));
}

function badActor(id: string): ProgenyError {
  return new ProgenyError(
    'bad_input',
    `actor: expected a name such as "ana" (lower-case letters, digits, hyphens); received "${id.slice(0, 40)}".`,
    { fields: [{ path: 'actor' }] },
  );
}
