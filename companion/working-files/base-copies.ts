import path from 'node:path';
import { z } from 'zod';
import type { Disk } from '../kernel/node.ts';

const baseCopy = z.object({
  /** The last event that the text knew of. */
  seq: z.number().int(),
  at: z.number().int(),
  text: z.string(),
  essence: z.string(),
});
/** A copy of a text that was written: what later edits are compared with. */
export type BaseCopy = z.infer<typeof baseCopy>;

/**
 * The copies of what was last written, in the data directory. A copy is proposed before its file is written and
 * promoted after, so that after a crash at any moment the text on disk is still known to be ours.
 */
export class BaseCopies {
  readonly #disk: Disk;
  readonly #folder: string;

  constructor(disk: Disk, folder: string) {
    this.#disk = disk;
    this.#folder = folder;
  }

  /** Null where there is none, or none that can be understood. */
  read(name: string): Promise<BaseCopy | null> {
    return this.#read(this.#file(name));
  }

  proposed(name: string): Promise<BaseCopy | null> {
    return this.#read(this.#proposedFile(name));
  }

  propose(name: string, copy: BaseCopy): Promise<void> {
    return this.#disk.write(this.#proposedFile(name), JSON.stringify(copy));
  }

  promote(name: string): Promise<void> {
    return this.#disk.promote(this.#proposedFile(name), this.#file(name));
  }

  withdraw(name: string): Promise<void> {
    return this.#disk.remove(this.#proposedFile(name));
  }

  save(name: string, copy: BaseCopy): Promise<void> {
    return this.#disk.write(this.#file(name), JSON.stringify(copy));
  }

  async #read(file: string): Promise<BaseCopy | null> {
    const found = await this.#disk.read(file);
    if (found.kind !== 'file') return null;
    try {
      return baseCopy.parse(JSON.parse(found.bytes.toString('utf8')));
    } catch {
      return null;
    }
  }

  #file(name: string): string {
    return path.join(this.#folder, `${name}.base`);
  }

  #proposedFile(name: string): string {
    return path.join(this.#folder, `${name}.next`);
  }
}
