import type { Scan, ScannedBranch, ScannedTodo, Uncommitted } from '../../../companion/loops/scan.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** Monday 2 November 2026, 09:12 UTC. */
export const NOW = Date.UTC(2026, 10, 2, 9, 12);

export function branch(name: string, change: Partial<ScannedBranch> = {}): ScannedBranch {
  return {
    name,
    commit: 'a'.repeat(40),
    current: false,
    author: 'Ana',
    own: true,
    subject: 'work',
    touchedAt: NOW - DAY,
    ahead: 2,
    behind: 0,
    unpushed: null,
    unpushedSince: null,
    files: [],
    ...change,
  };
}

export function todo(
  file: string,
  line: number,
  text: string,
  change: Partial<ScannedTodo> = {},
): ScannedTodo {
  return {
    file,
    line,
    tag: 'TODO',
    text,
    author: 'Ana',
    own: true,
    dating: 'dated',
    writtenAt: NOW - 88 * DAY,
    commit: 'b'.repeat(40),
    changesSince: 14,
    fileTouchedAt: NOW - 2 * DAY,
    ...change,
  };
}

export function uncommitted(files: string[], change: Partial<Uncommitted> = {}): Uncommitted {
  return {
    total: files.length,
    staged: 0,
    untracked: 0,
    conflicts: 0,
    insertions: 14,
    deletions: 3,
    since: NOW - 38 * HOUR,
    touchedAt: NOW - HOUR,
    places: files.map((file) => ({ file, line: 7 })),
    files,
    ...change,
  };
}

export function scan(change: Partial<Scan> = {}): Scan {
  return {
    at: NOW,
    branch: 'main',
    commit: 'c'.repeat(40),
    defaultBranch: 'main',
    hasRemote: false,
    operation: null,
    branches: [branch('main', { current: true, ahead: 0 })],
    uncommitted: null,
    stashes: [],
    todos: [],
    last: {
      commit: 'c'.repeat(40),
      subject: 'freeze time in scheduler tests',
      author: 'Ana',
      own: true,
      at: NOW - DAY,
      places: [{ file: 'src/a.ts', line: 3 }],
    },
    recent: [],
    moved: null,
    notes: [],
    ...change,
  };
}
