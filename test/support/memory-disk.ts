import path from 'node:path';
import { Disk, type Found } from '../../companion/kernel/disk.ts';
import { systemClock } from '../../companion/kernel/index.ts';

/** A file system in memory: fast enough for thousands of edits, and able to die before any of its changes. */
export class MemoryDisk extends Disk {
  readonly files = new Map<string, Buffer>();
  readonly folders = new Set<string>();
  /** Called before anything is changed; may throw. */
  beforeChange: () => void = () => {};

  constructor() {
    super({ clock: systemClock, quietMs: 0 });
  }

  text(file: string): string | null {
    return this.files.get(file)?.toString('utf8') ?? null;
  }

  override async read(file: string): Promise<Found> {
    const bytes = this.files.get(file);
    return bytes ? { kind: 'file', bytes } : { kind: 'missing' };
  }

  override settled(file: string): Promise<Found | null> {
    return this.read(file);
  }

  override async write(file: string, content: string | Uint8Array): Promise<void> {
    this.beforeChange();
    this.files.set(file, Buffer.from(content));
  }

  override async replace(file: string, text: string, expected: Buffer | null): Promise<boolean> {
    const now = this.files.get(file) ?? null;
    if (now === null || expected === null ? now !== expected : !now.equals(expected)) return false;
    await this.write(file, text);
    return true;
  }

  override async promote(from: string, to: string): Promise<void> {
    const bytes = this.files.get(from);
    if (!bytes) return;
    this.beforeChange();
    this.files.set(to, bytes);
    this.files.delete(from);
  }

  override async remove(file: string): Promise<void> {
    this.beforeChange();
    for (const known of [...this.files.keys(), ...this.folders]) {
      if (known !== file && !known.startsWith(file + path.sep)) continue;
      this.files.delete(known);
      this.folders.delete(known);
    }
  }

  override async makeFolder(folder: string): Promise<boolean> {
    if (this.folders.has(folder)) return false;
    this.beforeChange();
    this.folders.add(folder);
    return true;
  }

  override async makeFolders(folder: string): Promise<void> {
    for (let made = folder; path.dirname(made) !== made; made = path.dirname(made))
      await this.makeFolder(made);
  }

  override async kindOf(file: string): Promise<'missing' | 'folder' | 'file'> {
    if (this.folders.has(file)) return 'folder';
    return this.files.has(file) ? 'file' : 'missing';
  }

  override async canWrite(): Promise<boolean> {
    return true;
  }

  override async list(folder: string): Promise<string[]> {
    return [...this.files.keys()]
      .filter((file) => path.dirname(file) === folder)
      .map((f) => path.basename(f));
  }
}
