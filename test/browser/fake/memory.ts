import type { Forgotten, MemoryRecord, MemoryTrace, Recalled } from '../../../companion/protocol/index.ts';
import { NOW, sampleMemory, sampleParts } from '../../fixtures/samples.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WORKSPACE = '/home/dev/atlas';

function aMemory(change: Partial<MemoryRecord> & Pick<MemoryRecord, 'id' | 'content'>): MemoryRecord {
  const at = change.happenedAt ?? NOW - 9 * DAY;
  return sampleMemory({ workspace: WORKSPACE, happenedAt: at, recordedAt: at, ...change });
}

/** What is remembered of the atlas repository, newest first; every mark and every sort of source is among it. */
export function atlasMemories(): MemoryRecord[] {
  return [
    aMemory({
      id: 'mem_flake1',
      kind: 'whisper',
      content: 'The fake clock must also move the retry timer, or the flake stays.',
      author: 'Dana',
      source: { file: 'src/core/scheduler.ts', line: 91 },
      happenedAt: NOW - 61 * HOUR,
      pinned: true,
    }),
    aMemory({
      id: 'mem_clock1',
      kind: 'decision',
      content:
        'Which clock do the scheduler tests use? → A frozen one\nOne run in forty failed in the morning: the first test of the day read the real clock.',
      author: 'Dana',
      source: { commit: 'a41c9e2f00b1', file: 'test/clock.test.ts', line: 12 },
      happenedAt: NOW - 6 * DAY,
      merged: 2,
    }),
    aMemory({
      id: 'mem_talk01',
      kind: 'conversation',
      content:
        'The tick has to be called by hand then. I would rename it to advance, since it moves time on and does not measure it; `tick` reads like the beat of a real clock. If we do that, do it in one commit of its own, because c0ffee1 on main touches the same three lines and whoever rebases will have to look at both. The retry queue has a timer of its own that nobody stops: freeze it too, or the flake comes back as soon as a test takes longer than the first retry.',
      author: 'Ana',
      session: 'chat_clock',
      position: 13,
      tone: 'curious',
      happenedAt: NOW - 12 * DAY,
      source: { uri: 'file:///home/dev/archive/chats/2025-11.md', message: 'm14' },
    }),
    aMemory({
      id: 'mem_store1',
      kind: 'fact',
      content: 'The store is LMDB.',
      author: 'Bo',
      about: 'store',
      validFrom: NOW - 400 * DAY,
      validTo: NOW - 190 * DAY,
      closedBy: 'mem_store2',
      happenedAt: NOW - 400 * DAY,
      source: { file: 'docs/storage.md', line: 3 },
    }),
    aMemory({
      id: 'mem_agent1',
      kind: 'observation',
      content: 'parser.ts drops carriage returns on Windows; three callers depend on the offsets.',
      author: 'Copilot',
      writtenBy: 'agent',
      private: true,
      source: { uri: 'https://example.org/atlas/issues/41' },
      happenedAt: NOW - 30 * DAY,
    }),
    aMemory({
      id: 'mem_old001',
      kind: 'episode',
      content: 'Add the scheduler',
      author: 'Ana',
      writtenBy: 'companion',
      archivedAt: NOW - 10 * DAY,
      source: { commit: '77be01d4c2aa' },
      happenedAt: NOW - 300 * DAY,
    }),
  ];
}

/** What closed the fact about the store; it answers no question by itself. */
export function theSuccessor(): MemoryRecord {
  return aMemory({
    id: 'mem_store2',
    kind: 'fact',
    content: 'The store is SQLite, one file a person.',
    author: 'Bo',
    about: 'store',
    validFrom: NOW - 190 * DAY,
    happenedAt: NOW - 190 * DAY,
  });
}

const PARTS = [
  sampleParts({ words: 5.2, neighbours: 1.1, meaning: 2.4, tokens: 3, freshness: 0.2, salience: 0.3 }),
  sampleParts({ words: 4.1, tokens: 2.6, meaning: 1.9, author: 1.2, salience: 0.2 }),
  sampleParts({ neighbours: 3.9, session: 1.4, meaning: 1.2, time: 0.8 }),
  sampleParts({ meaning: 1.6, tokens: 0.9, salience: -0.8 }),
  sampleParts({ words: 0.8, meaning: 0.5, repeated: -0.4 }),
  sampleParts({ words: 0.6, salience: -0.5 }),
];

/** The memories as an answer: in their order, each with reasons of another sort. */
export function asFound(records: readonly MemoryRecord[]): Recalled[] {
  return records.map((record, i) => {
    const parts = PARTS[i % PARTS.length] ?? sampleParts();
    return { record, parts, score: Object.values(parts).reduce((sum, part) => sum + part, 0) };
  });
}

export function traceOf(record: MemoryRecord): MemoryTrace {
  const said = [
    { author: 'Ana', days: 5, commit: 'c0ffee1234ab' },
    { author: 'Bo', days: 3, commit: '77be01d4c2aa' },
  ].slice(0, record.merged);
  const links = record.kind === 'whisper' ? [{ kind: 'of', target: 'loop_clock1' }] : [];
  return {
    record: { ...record, links },
    merged: said.map(({ author, days, commit }, i) => ({
      id: `mem_same${i}`,
      content: 'The scheduler tests use a frozen clock.',
      author,
      source: { commit },
      happenedAt: NOW - days * DAY,
      recordedAt: NOW - days * DAY,
      writtenBy: 'person',
    })),
    salienceNow: record.archivedAt === null ? record.salience : 0,
    embedded: true,
  };
}

/** What forgetting these would take with it. */
export function wouldGo(records: readonly MemoryRecord[]): Forgotten {
  const notes = records.filter(({ kind }) => kind === 'whisper').length;
  return {
    preview: records.map(({ id, kind, content, happenedAt }) => ({
      id,
      kind,
      excerpt: content.slice(0, 160),
      happenedAt,
    })),
    memories: records.length,
    whispers: notes,
    decisions: records.filter(({ kind }) => kind === 'decision').length,
    derived: notes,
    runs: 0,
    backups: [
      { id: 'backup_1', until: NOW + 3 * DAY },
      { id: 'backup_2', until: NOW + 26 * DAY },
    ],
  };
}
