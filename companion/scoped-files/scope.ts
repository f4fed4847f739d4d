import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { ANCHORING, AnchoredFolder, type Anchoring } from './anchored-folder.ts';
import { refusalOf } from './path-rules.ts';
import { ScopeError } from './scope-error.ts';

/** A folder, and nothing outside of it. */
export interface Scope {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Throws `ScopeError` where a relative path may not be touched, by its text. */
  check(path: string): void;
  /** Throws `ScopeError` where it is reached through a link, too. Tells whether something stands there. */
  reach(path: string): boolean;
  /** Bytes of a plain file; null where there is none or it is larger than `most`. Throws `ScopeError`. */
  read(path: string, most: number): Buffer | null;
  /** Names in a folder ('' for the root), those of the deny list left out; empty where there is none. Throws `ScopeError`. */
  list(path: string): string[];
}

/** Throws `ScopeError` for a folder that is not there. */
export async function scopeOf(folder: string, anchoring: Anchoring = ANCHORING): Promise<Scope> {
  const root = await realpath(folder).catch(() => {
    throw new ScopeError(folder, 'There is no such folder.', false);
  });
  const check = (path: string): void => {
    const refusal = refusalOf(path);
    if (refusal) throw new ScopeError(path, refusal.why, refusal.breach);
  };
  const within = <T>(path: string, use: (folder: AnchoredFolder | null, name: string) => T): T => {
    check(path);
    const parts = path.split('/');
    return withFolder(root, parts.slice(0, -1), anchoring, (parent) => use(parent, parts.at(-1)!));
  };
  return {
    root,
    check,
    reach: (path) => within(path, (parent, name) => parent?.facts(name) != null),
    read: (path, most) => within(path, (parent, name) => (parent ? readPlain(parent, name, most) : null)),
    list(path) {
      if (path !== '') check(path);
      const parts = path === '' ? [] : path.split('/');
      return withFolder(root, parts, anchoring, (found) => found?.names() ?? []).filter(
        (name) => refusalOf(name) === null,
      );
    },
  };
}

/** Opens one folder after the other from the root, each without following a link; null where one is not there. */
export function withFolder<T>(
  root: string,
  parts: readonly string[],
  anchoring: Anchoring,
  use: (folder: AnchoredFolder | null) => T,
): T {
  let folder: AnchoredFolder | null = AnchoredFolder.root(root, anchoring);
  try {
    for (const part of parts) {
      const parent: AnchoredFolder = folder;
      folder = parent.child(part);
      parent.close();
      if (folder === null) return use(null);
    }
    return use(folder);
  } finally {
    folder?.close();
  }
}

function readPlain(parent: AnchoredFolder, name: string, most: number): Buffer | null {
  const facts = parent.facts(name);
  if (facts === null) return null;
  const place = parent.place === '' ? name : `${parent.place}/${name}`;
  if (facts.isSymbolicLink())
    throw new ScopeError(place, 'It is a link; nothing is read through links.', false);
  if (!facts.isFile() || facts.size > most) return null;
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const descriptor = openSync(parent.at(name), flags);
  try {
    if (!fstatSync(descriptor).isFile()) return null;
    const bytes = Buffer.alloc(most + 1);
    let length = 0;
    for (let read = 1; read > 0 && length <= most; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null);
    return length > most ? null : bytes.subarray(0, length);
  } finally {
    closeSync(descriptor);
  }
}
