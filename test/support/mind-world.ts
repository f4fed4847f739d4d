import type { Knowledge, KnownCommit, Remembered } from '../../companion/mind/index.ts';
import type { Decision, Loop, MemoryRecord, Whisper } from '../../companion/protocol/index.ts';

export const NOW = Date.UTC(2026, 4, 20, 9);
const DAY = 86_400_000;
export const WORKSPACE = '/home/ana/atlas';
export const COMMIT = 'd08d813fa11c0ffee1d08d813fa11c0ffee1abcd';

export const decision: Decision = {
  id: 'decision_1',
  workspace: WORKSPACE,
  loopId: null,
  question: 'Which database do we use?',
  options: ['Redis', 'SQLite'],
  decision: 'SQLite',
  why: 'One file and no server to run. Redis lost data twice.',
  outcome: '',
  reviewAt: null,
  links: [],
  at: NOW - 20 * DAY,
};
export const whisper: Whisper = {
  id: 'whisper_1',
  workspace: WORKSPACE,
  loopId: 'loop_1',
  text: 'WAL in SQLite, because readers must not wait',
  branch: 'fix/clock',
  anchor: { kind: 'line', file: 'src/store.ts', line: 12, text: 'pragma("wal")', lost: false },
  at: NOW - 3 * DAY,
};
export const loop: Loop = {
  id: 'loop_1',
  workspace: WORKSPACE,
  title: 'fix/clock',
  summary: '2 files uncommitted',
  context: '',
  source: 'branch',
  status: 'open',
  priority: 'normal',
  private: false,
  anchors: [{ kind: 'branch', branch: 'fix/clock' }],
  evidence: [],
  facts: {},
  rank: 0.9,
  createdAt: NOW - 5 * DAY,
  touchedAt: NOW - DAY,
  deferUntil: null,
  parentId: null,
};
export const commit: KnownCommit = {
  commit: COMMIT,
  subject: 'feat: store everything in SQLite instead of Redis',
  author: 'Ana',
  at: NOW - 19 * DAY,
};

export function record(fields: Partial<MemoryRecord> & Pick<MemoryRecord, 'id' | 'content'>): MemoryRecord {
  return {
    workspace: WORKSPACE,
    kind: 'observation',
    author: null,
    source: {},
    session: null,
    position: null,
    happenedAt: NOW - 2 * DAY,
    recordedAt: NOW - 2 * DAY,
    salience: 0.5,
    tags: [],
    links: [],
    pinned: false,
    writtenBy: 'person',
    private: false,
    tone: null,
    about: null,
    validFrom: null,
    validTo: null,
    closedBy: null,
    lastAccessed: null,
    accessCount: 0,
    archivedAt: null,
    merged: 0,
    ...fields,
  };
}

const remembered: Remembered = {
  record: record({ id: 'memory_1', content: 'Ana measured SQLite at 40k writes a second on her laptop' }),
  mirrors: null,
};

/** A small world in which SQLite was chosen over Redis. */
export function knowledge(given: Partial<Knowledge> = {}): Knowledge {
  return {
    workspace: WORKSPACE,
    brief: async () => null,
    loops: () => [loop],
    whispers: () => [whisper],
    decisions: () => [decision],
    recall: async () => [remembered],
    todos: () => [
      {
        file: 'src/clock.ts',
        line: 2,
        tag: 'TODO',
        text: 'freeze the clock in tests',
        writtenAt: NOW - 88 * DAY,
        commit: null,
        changesSince: 14,
      },
    ],
    edits: () => ({
      files: ['src/clock.ts'],
      places: [{ file: 'src/clock.ts', line: 40 }],
      since: NOW - DAY,
    }),
    branches: () => [
      { name: 'fix/clock', commit: COMMIT, files: ['src/clock.ts'], ahead: 2, touchedAt: NOW - DAY },
    ],
    commits: async () => [commit],
    isPrivate: () => false,
    standing: async (_, file, line) => (line === undefined ? { file } : { file, line }),
    ...given,
  };
}

/** An empty one. */
export const NOTHING_KNOWN: Partial<Knowledge> = {
  loops: () => [],
  whispers: () => [],
  decisions: () => [],
  recall: async () => [],
  todos: () => [],
  edits: () => null,
  branches: () => [],
  commits: async () => [],
};
