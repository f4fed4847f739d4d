import { decodePath } from './text.ts';

export type ChangeKind = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type-changed';

export interface Change {
  readonly path: string;
  readonly change: ChangeKind;
  /** The former path of a renamed or copied file. */
  readonly from: string | null;
  /** The entry is a submodule: its commit moved. What lies inside it is never looked at. */
  readonly submodule: boolean;
}

export interface Conflict {
  readonly path: string;
  readonly conflict:
    | 'both-modified'
    | 'both-added'
    | 'both-deleted'
    | 'deleted-here'
    | 'deleted-there'
    | 'added-here'
    | 'added-there';
}

/** A list that is cut at a limit, and how long it really is. */
export interface Capped<T> {
  readonly items: T[];
  readonly total: number;
}

export interface StatusEntries {
  /** Between HEAD and the index. */
  readonly staged: Capped<Change>;
  /** Between the index and the work tree. */
  readonly unstaged: Capped<Change>;
  readonly untracked: Capped<string>;
  readonly conflicts: Capped<Conflict>;
  /** Entries whose path is not UTF-8: in the totals, in no list. */
  readonly undecodable: number;
}

const KINDS: Readonly<Record<string, ChangeKind>> = {
  A: 'added',
  C: 'copied',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'type-changed',
};

const CONFLICTS: Readonly<Record<string, Conflict['conflict']>> = {
  AA: 'both-added',
  AU: 'added-here',
  DD: 'both-deleted',
  DU: 'deleted-here',
  UA: 'added-there',
  UD: 'deleted-there',
  UU: 'both-modified',
};

/** Spaces before the path in an entry of each type (`git status --porcelain=v2`). */
const SPACES: Readonly<Record<string, number>> = { '1': 8, '2': 9, u: 10 };

/** Reads fields of `git status --porcelain=v2 -z`. Lists keep `cap` items; totals count all. Pure. */
export function statusReader(cap: number): { push: (field: Buffer) => void; result: () => StatusEntries } {
  const list = <T>(): { items: T[]; total: number } => ({ items: [], total: 0 });
  const entries = {
    staged: list<Change>(),
    unstaged: list<Change>(),
    untracked: list<string>(),
    conflicts: list<Conflict>(),
  };
  let undecodable = 0;
  /** A renamed entry whose former path is the next field. */
  let renamed: { code: string; submodule: boolean; path: string | null } | null = null;

  const decode = (bytes: Buffer): string | null => {
    const path = decodePath(bytes);
    if (path === null) undecodable++;
    return path;
  };
  const add = <T>(to: { items: T[]; total: number }, item: T | null): void => {
    to.total++;
    if (item !== null && to.items.length < cap) to.items.push(item);
  };
  const addChange = (code: string, submodule: boolean, path: string | null, from: string | null): void => {
    for (const [to, letter] of [
      [entries.staged, code[0]!],
      [entries.unstaged, code[1]!],
    ] as const) {
      const change = KINDS[letter];
      if (!change) continue;
      const moved = change === 'renamed' || change === 'copied';
      add(to, path === null ? null : { path, change, from: moved ? from : null, submodule });
    }
  };
  const addEntry = (type: string, field: Buffer, spaces: number): void => {
    const path = decode(field.subarray(afterSpaces(field, spaces)));
    const code = field.toString('latin1', 2, 4);
    const submodule = field.toString('latin1', 5, 6) === 'S';
    if (type === '2') renamed = { code, submodule, path };
    else if (type === '1') addChange(code, submodule, path, null);
    else
      add(entries.conflicts, path === null ? null : { path, conflict: CONFLICTS[code] ?? 'both-modified' });
  };

  const push = (field: Buffer): void => {
    if (renamed) {
      addChange(renamed.code, renamed.submodule, renamed.path, decodePath(field));
      renamed = null;
      return;
    }
    const type = String.fromCharCode(field[0] ?? 0);
    if (type === '?') add(entries.untracked, decode(field.subarray(2)));
    else if (Object.hasOwn(SPACES, type)) addEntry(type, field, SPACES[type]!);
  };
  return { push, result: () => ({ ...entries, undecodable }) };
}

function afterSpaces(field: Buffer, count: number): number {
  let at = 0;
  for (let i = 0; i < count; i++) at = field.indexOf(0x20, at) + 1;
  return at;
}
