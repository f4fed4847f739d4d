import type { Clock } from '../kernel/index.ts';
import type { Disk } from '../kernel/node.ts';
import type { Mind, Transaction } from '../store/index.ts';
import { BaseCopies, type BaseCopy } from './base-copies.ts';
import type { SyncedFile } from './names.ts';
import type { Place } from './place.ts';
import type { AttachedWorkspace } from './ports.ts';
import { appliedDigest, recordApplied, recordWritten, writtenDigest } from './written-rows.ts';

export interface WrittenOptions {
  mind: Mind;
  clock: Clock;
  disk: Disk;
  workspace: AttachedWorkspace;
}

/** Knows of one working file what was last written, so that a crash at any moment is not taken for an edit. */
export class Written {
  readonly #options: WrittenOptions;
  readonly #copies: BaseCopies;
  readonly #name: SyncedFile;
  /** How its rows are called. */
  readonly #row: string;

  constructor(options: WrittenOptions, place: Place, name: SyncedFile) {
    this.#options = options;
    this.#copies = new BaseCopies(options.disk, place.base);
    this.#name = name;
    this.#row = `${place.kind}/${name}`;
  }

  /** What edits are compared with. */
  base(): Promise<BaseCopy | null> {
    return this.#copies.read(this.#name);
  }

  /** Whether a text is what was last written here, or an edit that is in the store already. */
  async isOwn(text: string): Promise<boolean> {
    const proposed = await this.#copies.proposed(this.#name);
    if (proposed?.text === text) {
      await this.#copies.promote(this.#name);
      return true;
    }
    const base = await this.base();
    if (base?.text === text) return true;
    const digest = this.#options.mind.digest(text);
    const { written, applied } = this.#digests();
    if (applied !== digest && (base !== null || written !== digest)) return false;
    await this.takeAsBase(text);
    return true;
  }

  /** From here on edits are compared with `text`; the file is written again all the same. */
  takeAsBase(text: string): Promise<void> {
    const { clock, mind } = this.#options;
    return this.#copies.save(this.#name, { seq: mind.seq, at: clock.now(), text, essence: '' });
  }

  /** Says that an edit is in the store, in the transaction that changes it. */
  recordApplied(tx: Transaction, text: string): void {
    const { clock, mind, workspace } = this.#options;
    recordApplied(tx, workspace.id, this.#row, mind.digest(text), clock.now());
  }

  /** Runs what writes the text of `copy` into the file, such that it is known as ours from the first moment. */
  async around<T extends string>(copy: BaseCopy, write: () => Promise<T>): Promise<T> {
    await this.#copies.propose(this.#name, copy);
    const result = await write();
    if (result === 'written') {
      await this.#copies.promote(this.#name);
      this.#settle(copy.text);
    } else await this.#copies.withdraw(this.#name);
    return result;
  }

  /** Says that the file holds the text of `copy` already. */
  async isAlready(copy: BaseCopy): Promise<void> {
    await this.#copies.withdraw(this.#name);
    if ((await this.base())?.text !== copy.text) await this.#copies.save(this.#name, copy);
    this.#settle(copy.text);
  }

  #settle(text: string): void {
    const { mind, workspace, clock } = this.#options;
    const digest = mind.digest(text);
    const { written, applied } = this.#digests();
    if (written === digest && applied === null) return;
    mind.record((writer) => recordWritten(writer, workspace.id, this.#row, digest, clock.now()));
  }

  #digests(): { written: string | null; applied: string | null } {
    const { mind, workspace } = this.#options;
    return mind.read((reader) => ({
      written: writtenDigest(reader, workspace.id, this.#row),
      applied: appliedDigest(reader, workspace.id, this.#row),
    }));
  }
}
