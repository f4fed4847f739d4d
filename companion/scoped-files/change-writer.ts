import { rmdirSync } from 'node:fs';
import type { ApplyJournal, ChangeSet, ChangeWriter, FileEdit } from '../agency/index.ts';
import type { WheelConflict } from '../protocol/index.ts';
import { ANCHORING, type AnchoredFolder, type Anchoring } from './anchored-folder.ts';
import { type Move, mend } from './beside.ts';
import { checkEdits, foldersAbove, inOrder } from './check-edits.ts';
import { checkPlaces, whyNotState, withParent } from './check-places.ts';
import { codeOf, inWords } from './disk-refusal.ts';
import { digestOf, isState, standingAt } from './file-state.ts';
import { refusalOf } from './path-rules.ts';
import { putState } from './put-state.ts';
import { ScopeError } from './scope-error.ts';

export interface ChangeWriterOptions {
  /** How folders are held while files are written; default: what this system offers. */
  readonly anchoring?: Anchoring;
  /** Called before each change of the disk. */
  readonly step?: (what: string) => void;
}

/** Writes change sets into a folder, and takes them back. */
export function createChangeWriter(options: ChangeWriterOptions = {}): ChangeWriter {
  return new ScopedWriter(options.anchoring ?? ANCHORING, options.step ?? (() => {}));
}

/** What this process knows of a change set that it wrote: exact permissions, and whose folders are. */
interface Memory {
  readonly permissions: Map<string, number>;
  readonly made: Set<string>;
  /** Folders that went because nothing was left in them, with their permission bits. */
  readonly gone: Map<string, number>;
}

/** So many change sets are remembered; what is older is taken back with the permissions that new files get. */
const MOST_MEMORIES = 20;
const FOLDER_MODE = 0o777;
/** It is not empty, or not the folder that it was a moment ago: then it is not ours to remove. */
const LEFT_ALONE: ReadonlySet<unknown> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'ENOTDIR', 'EBUSY']);
const pause = () => new Promise<void>((resolve) => setImmediate(resolve));

class ScopedWriter implements ChangeWriter {
  readonly #anchoring: Anchoring;
  readonly #step: (what: string) => void;
  readonly #memories = new Map<string, Memory>();

  constructor(anchoring: Anchoring, step: (what: string) => void) {
    this.#anchoring = anchoring;
    this.#step = step;
  }

  async apply(root: string, changes: ChangeSet, journal: ApplyJournal): Promise<readonly WheelConflict[]> {
    journal.signal.throwIfAborted();
    const wrong = await checkEdits(changes);
    const conflicts =
      wrong.length > 0 ? wrong : checkPlaces(root, changes.edits, this.#anchoring, journal.signal);
    if (conflicts.length > 0) return conflicts;
    const memory: Memory = { permissions: new Map(), made: new Set(), gone: new Map() };
    this.#remember(root, changes, memory);
    try {
      for (const { path, before, after } of inOrder(changes.edits)) {
        journal.signal.throwIfAborted();
        const bytes = after && (await changes.load(after.digest));
        journal.writing(path);
        const why = this.#put(root, { path, from: before, to: after }, bytes, memory);
        if (why !== null) return [{ path, why }, ...(await this.takeBack(root, changes))].filter(onlyOnce);
        journal.written(path);
        await pause();
      }
      return [];
    } catch (error) {
      const left = await this.takeBack(root, changes);
      throw inWords(error, left);
    }
  }

  async takeBack(root: string, changes: ChangeSet): Promise<readonly WheelConflict[]> {
    const memory = this.#memories.get(keyOf(root, changes)) ?? null;
    const conflicts: WheelConflict[] = [];
    for (const { path, before, after } of inOrder(changes.edits).reverse()) {
      const refusal = refusalOf(path);
      if (refusal) {
        conflicts.push({ path, why: refusal.why });
        continue;
      }
      const bytes = before && (await changes.load(before.digest));
      const why = this.#restore(root, { path, from: before, to: after }, bytes, memory);
      if (why !== null) conflicts.push({ path, why });
      await pause();
    }
    const made = memory ? [...memory.made] : madeBy(changes.edits);
    for (const folder of made.sort((a, b) => b.length - a.length)) this.#removeIfEmpty(root, folder);
    return conflicts;
  }

  #remember(root: string, changes: ChangeSet, memory: Memory): void {
    const oldest = this.#memories.keys().next();
    if (this.#memories.size >= MOST_MEMORIES && !oldest.done) this.#memories.delete(oldest.value);
    this.#memories.set(keyOf(root, changes), memory);
  }

  #put(root: string, move: Move, bytes: Buffer | null, memory: Memory): string | null {
    return this.#inParent(root, move.path, move.to !== null, memory, (folder, name) => {
      if (folder === null) return 'It is not there any more.';
      const standing = standingAt(folder, name);
      if (standing.kind === 'file') memory.permissions.set(move.path, standing.permissions);
      const why = putState(folder, name, move, { bytes, permissions: undefined, step: this.#step });
      if (why === null && move.to === null) this.#removeEmptied(root, move.path, memory);
      return why;
    });
  }

  /** Puts `from` back where `to` still stands; why not, in words, otherwise. */
  #restore(root: string, move: Move, bytes: Buffer | null, memory: Memory | null): string | null {
    const back: Move = { path: move.path, from: move.to, to: move.from };
    const permissions = move.from?.mode === '120000' ? undefined : memory?.permissions.get(move.path);
    try {
      // A file in the place of its folder: then it is not there, as before.
      if (move.from === null && this.#isBelowFile(root, move.path)) return null;
      return this.#inParent(root, move.path, false, null, (folder, name) => {
        const why = folder && (mend(folder, name, move, this.#step) ?? mend(folder, name, back, this.#step));
        const standing = folder ? standingAt(folder, name) : ({ kind: 'nothing' } as const);
        if (why !== null || isState(standing, move.from)) return why;
        // What is in a folder of the same name is told by itself; the file that goes is gone already.
        if (standing.kind === 'folder' && move.from === null) return null;
        if (!isState(standing, move.to) && !(standing.kind === 'folder' && move.to === null))
          return whyNotState(standing, move.to !== null);
        return this.#inParent(root, move.path, back.to !== null, memory, (parent, last) =>
          parent === null ? null : putState(parent, last, back, { bytes, permissions, step: this.#step }),
        );
      });
    } catch (error) {
      // Somebody put a link, or a file, in the place of its folder: it is theirs now.
      if (error instanceof ScopeError) return error.message.slice(error.message.indexOf(': ') + 2);
      // What cannot be put back is no reason to leave the others.
      const code = codeOf(error);
      if (code !== null) return `It could not be put back (${code}).`;
      throw error;
    }
  }

  /** The folder of a path, made where there is none if `make` is set. */
  #inParent<T>(
    root: string,
    path: string,
    make: boolean,
    memory: Memory | null,
    use: (folder: AnchoredFolder | null, name: string) => T,
  ): T {
    if (make) this.#makeFolders(root, path, memory);
    return withParent(root, path, this.#anchoring, use);
  }

  #makeFolders(root: string, path: string, memory: Memory | null): void {
    for (const folder of foldersAbove(path)) {
      withParent(root, folder, this.#anchoring, (parent, name) => {
        if (!parent || parent.facts(name) !== null) return;
        this.#step('make a folder');
        const mode = memory?.gone.get(folder);
        if (!parent.make(name, mode ?? FOLDER_MODE)) return;
        if (mode === undefined) memory?.made.add(folder);
        else setMode(parent, name, mode);
      });
    }
  }

  #isBelowFile(root: string, path: string): boolean {
    const first = foldersAbove(path).find((folder) =>
      withParent(root, folder, this.#anchoring, (parent, name) => !parent?.facts(name)?.isDirectory()),
    );
    if (first === undefined) return false;
    return withParent(root, first, this.#anchoring, (parent, name) => parent?.facts(name)?.isFile() ?? false);
  }

  /** As git does it: a folder with nothing left in it goes. */
  #removeEmptied(root: string, path: string, memory: Memory): void {
    for (const folder of foldersAbove(path).reverse()) {
      const mode = withParent(root, folder, this.#anchoring, (parent, name) => parent?.facts(name)?.mode);
      if (!this.#removeIfEmpty(root, folder)) return;
      if (mode !== undefined) memory.gone.set(folder, mode & 0o777);
    }
  }

  #removeIfEmpty(root: string, folder: string): boolean {
    try {
      return withParent(root, folder, this.#anchoring, (parent, name) => {
        if (!parent?.facts(name)?.isDirectory()) return false;
        this.#step('remove an empty folder');
        rmdirSync(parent.at(name));
        return true;
      });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (error instanceof ScopeError || LEFT_ALONE.has(code)) return false;
      throw error;
    }
  }
}

function keyOf(root: string, { edits }: ChangeSet): string {
  const lines = edits
    .map(({ path, before, after }) => [path, before?.digest, after?.digest].join('\0'))
    .sort();
  return digestOf(Buffer.from([root, ...lines].join('\n')));
}

function setMode(parent: AnchoredFolder, name: string, mode: number): void {
  const folder = parent.child(name);
  folder?.setMode(mode);
  folder?.close();
}

/**
 * Folders that a change set must have made, for all that it knows of them was not there before. Which
 * of them stood there empty is known only to the process that wrote.
 */
function madeBy(edits: readonly FileEdit[]): string[] {
  const old = new Set(
    edits.filter(({ before }) => before !== null).flatMap(({ path }) => foldersAbove(path)),
  );
  const added = new Set(edits.flatMap(({ path }) => foldersAbove(path)).filter((folder) => !old.has(folder)));
  return [...added];
}

function onlyOnce({ path }: WheelConflict, i: number, all: readonly WheelConflict[]): boolean {
  return all.findIndex((other) => other.path === path) === i;
}
