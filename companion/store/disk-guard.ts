import { statfsSync } from 'node:fs';
import { type Clock, type Disposable, Listeners } from '../kernel/index.ts';
import { isDiskTrouble, readOnlyError } from './sqlite.ts';

const PROBE_MS = 5000;
const MEGABYTE = 1024 * 1024;

export interface DiskLimits {
  warnFreeMb: number;
  readOnlyFreeMb: number;
}

/**
 * Decides whether anything may be written. Below `readOnlyFreeMb`, or after a write that found the disk in
 * trouble, every write is refused in words until a probe finds room again (systems.md, section 19).
 */
export class DiskGuard {
  readonly changed = new Listeners<void>();
  readonly #directory: string;
  readonly #limits: () => DiskLimits;
  readonly #probe: () => void;
  readonly #timer: Disposable;
  #trouble: unknown = null;
  #freeMb = Number.POSITIVE_INFINITY;

  /** `probe` writes and removes something small; it throws while the trouble lasts. */
  constructor(directory: string, limits: () => DiskLimits, clock: Clock, probe: () => void) {
    this.#directory = directory;
    this.#limits = limits;
    this.#probe = probe;
    this.#timer = clock.every(PROBE_MS, () => this.check());
  }

  get readOnly(): boolean {
    return this.#trouble !== null;
  }

  /** Free disk in MB as last measured. */
  get freeMb(): number {
    return this.#freeMb;
  }

  get low(): boolean {
    return this.#freeMb < this.#limits().warnFreeMb;
  }

  /** Throws `read_only` while nothing may be written. */
  assertWritable(): void {
    if (this.#trouble !== null) throw readOnlyError(this.#trouble);
  }

  /** Runs a write; trouble with the disk becomes `read_only` and is remembered. */
  write<T>(work: () => T): T {
    this.assertWritable();
    try {
      return work();
    } catch (error) {
      if (!isDiskTrouble(error)) throw error;
      this.#set(error);
      throw readOnlyError(error);
    }
  }

  /** Measures the disk and, after trouble, tries whether it has passed. */
  check(): void {
    try {
      const { bavail, bsize } = statfsSync(this.#directory);
      this.#freeMb = (bavail * bsize) / MEGABYTE;
      const { readOnlyFreeMb } = this.#limits();
      if (this.#freeMb < readOnlyFreeMb) {
        throw new Error(`${Math.floor(this.#freeMb)} MB free, ${readOnlyFreeMb} MB needed`);
      }
      if (this.#trouble !== null) this.#probe();
      this.#set(null);
    } catch (error) {
      this.#set(error);
    }
  }

  dispose(): void {
    this.#timer.dispose();
    this.changed.clear();
  }

  #set(trouble: unknown): void {
    const before = this.#trouble;
    this.#trouble = trouble;
    if ((before === null) !== (trouble === null)) this.changed.tell();
  }
}
