import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { ScopeError } from './scope-error.ts';

/** A folder of Linux can be named by what was opened, whatever its path leads to by now. */
const DESCRIPTORS = '/proc/self/fd';
export type Anchoring = 'descriptor' | 'path';
export const ANCHORING: Anchoring =
  process.platform === 'linux' && existsSync(DESCRIPTORS) ? 'descriptor' : 'path';

/**
 * An open folder below a root, reached without following a link. On Linux its files are named by way of its
 * descriptor: a link swapped in for the folder, or for one above it, redirects nothing. Elsewhere they are named by path,
 * and `stands` tells afterwards whether that still led here.
 */
export class AnchoredFolder {
  /** Relative to the root; '' for the root. */
  readonly place: string;
  readonly #absolute: string;
  readonly #descriptor: number | null;
  readonly #facts: Stats;

  private constructor(place: string, absolute: string, descriptor: number | null, facts: Stats) {
    this.place = place;
    this.#absolute = absolute;
    this.#descriptor = descriptor;
    this.#facts = facts;
  }

  /** `root`: absolute, links resolved. */
  static root(root: string, anchoring: Anchoring = ANCHORING): AnchoredFolder {
    if (realpathSync(root) !== root)
      throw new ScopeError(root, 'The folder is reached through a link.', true);
    if (anchoring === 'path') return new AnchoredFolder('', root, null, lstatSync(root));
    const descriptor = openFolder(root);
    const folder = new AnchoredFolder('', root, descriptor, fstatSync(descriptor));
    if (readlinkSync(`${DESCRIPTORS}/${descriptor}`) === root) return folder;
    folder.close();
    throw new ScopeError(root, 'The folder was replaced by a link while it was opened.', true);
  }

  /** What a name in this folder is called towards the system. */
  at(name: string): string {
    return this.#descriptor === null
      ? path.join(this.#absolute, name)
      : `${DESCRIPTORS}/${this.#descriptor}/${name}`;
  }

  /** What stands there, the link itself where it is one; null for nothing. */
  facts(name: string): Stats | null {
    return lstatSync(this.at(name), { throwIfNoEntry: false }) ?? null;
  }

  names(): string[] {
    return readdirSync(this.#descriptor === null ? this.#absolute : `${DESCRIPTORS}/${this.#descriptor}`);
  }

  /** The folder of this name, or null where there is nothing. Throws `ScopeError` where it is anything else. */
  child(name: string): AnchoredFolder | null {
    const place = this.place === '' ? name : `${this.place}/${name}`;
    const facts = this.facts(name);
    if (facts === null) return null;
    if (!facts.isDirectory()) throw this.#notFolder(place, name, facts);
    if (this.#descriptor === null)
      return new AnchoredFolder(place, path.join(this.#absolute, name), null, facts);
    try {
      const descriptor = openFolder(this.at(name));
      return new AnchoredFolder(place, path.join(this.#absolute, name), descriptor, fstatSync(descriptor));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOENT') return null;
      if (code === 'ENOTDIR' || code === 'ELOOP') throw this.#notFolder(place, name, this.facts(name));
      if (code === 'EACCES') throw new ScopeError(place, 'The folder may not be opened.', false);
      throw error;
    }
  }

  /** Makes the folder where there is none. True where it made it. */
  make(name: string, mode: number): boolean {
    try {
      mkdirSync(this.at(name), { mode });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  }

  /** Sets its own permission bits, which the system may have cut when it was made. */
  setMode(mode: number): void {
    if (this.#descriptor === null) chmodSync(this.#absolute, mode);
    else fchmodSync(this.#descriptor, mode);
  }

  /** Makes what was done in this folder durable. */
  sync(): void {
    if (this.#descriptor !== null) fsyncSync(this.#descriptor);
  }

  /** Whether its path still leads to it; by a descriptor that does not matter. */
  stands(): boolean {
    if (this.#descriptor !== null) return true;
    try {
      const { dev, ino } = statSync(this.#absolute);
      const same = dev === this.#facts.dev && ino === this.#facts.ino;
      return same && realpathSync(this.#absolute) === this.#absolute;
    } catch {
      return false;
    }
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
  }

  /** Where a link leads; null where it is none any more. */
  #leadsTo(name: string): string | null {
    try {
      return readlinkSync(this.at(name));
    } catch {
      return null;
    }
  }

  /** A link that leads out was put there to redirect; one that stays inside, or a file, is merely in the way. */
  #notFolder(place: string, name: string, facts: Stats | null): ScopeError {
    const target = facts?.isSymbolicLink() ? this.#leadsTo(name) : null;
    if (target === null) return new ScopeError(place, 'It is no folder.', false);
    const leads = path.resolve(this.#absolute, target);
    const root = this.place === '' ? this.#absolute : this.#absolute.slice(0, -this.place.length - 1);
    const out = leads !== root && !leads.startsWith(`${root}${path.sep}`);
    return new ScopeError(
      place,
      `It is a link${out ? ' that leads out of the folder' : ''}; nothing is written through links.`,
      out,
    );
  }
}

function openFolder(at: string): number {
  return openSync(at, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
}
