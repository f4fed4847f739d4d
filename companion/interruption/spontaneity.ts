import { clip, count, duration, fileName } from '../kernel/index.ts';
import type { Loop, LoopStatus, MemoryKind, Tone } from '../protocol/index.ts';
import type { Candidate } from './candidate.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TEXT = 110;
const TITLE = 50;
/** A thread that is younger than this needs no question, and a memory that is younger is none. */
const YOUNG_MS = 2 * DAY_MS;
const OLD_MS = 7 * DAY_MS;
/** A thread so long untouched is worth an offer. */
const STILL_MS = 14 * DAY_MS;
/** So much work without a word on what it is for is worth a question. */
const MUCH = 3;
/** How far an anniversary may be off. */
const NEAR_MS = 12 * 60 * 60 * 1000;
const ANNIVERSARIES: readonly (readonly [days: number, words: string])[] = [
  [30, 'A month ago'],
  [91, 'Three months ago'],
  [365, 'A year ago'],
];
const IN_FLIGHT: ReadonlySet<LoopStatus> = new Set(['open', 'stale', 'proposed']);
/** What a person would want to hear of again; turns of conversations and machine-made episodes are noise. */
export const WORTH_TELLING: readonly MemoryKind[] = ['decision', 'whisper', 'fact', 'observation'];
/** In these moods nothing is told that nobody asked for. */
const HEAVY: ReadonlySet<Tone> = new Set(['tense', 'weary']);

/** What spontaneity may speak of; the first word of its candidates. */
export const SPONTANEOUS: ReadonlySet<string> = new Set([
  'connection',
  'question',
  'memory',
  'offer',
  'reminiscence',
]);

/** Something remembered, as far as it may be told. */
export interface Recollection {
  readonly id: string;
  readonly kind: MemoryKind;
  readonly text: string;
  readonly happenedAt: number;
  /** The file that it is about, relative to the workspace. */
  readonly file: string | null;
}

/** What there is to speak of in a folder. */
export interface Material {
  readonly workspace: string;
  readonly branch: string | null;
  /** Files that are being worked on now. */
  readonly files: readonly string[];
  readonly loops: readonly Loop[];
  readonly memories: readonly Recollection[];
  readonly tone: Tone | null;
  /** Candidates that were told before. */
  readonly told: ReadonlySet<string>;
}

/**
 * At most one thing worth saying unasked (systems.md, section 2): an insight that two threads meet in one file, a
 * question on what work is for, a memory of the file at hand, an offer to settle what lies still, a reminiscence of a
 * day like this. What bears on the work at hand goes first. Each says why now and names its evidence; none is told
 * twice; in a tense or weary mood there is none. Pure.
 */
export function spontaneous(material: Material, now: number): Candidate | null {
  if (material.tone !== null && HEAVY.has(material.tone)) return null;
  for (const source of [connection, question, memory, offer, reminiscence]) {
    const found = source(material, now).find(({ id }) => !material.told.has(id));
    if (found) return found;
  }
  return null;
}

function connection({ loops, files, workspace }: Material): Candidate[] {
  const at = new Set(files);
  // A note and the branch that it is about meet by nature; two branches do not.
  const open = loops.filter(({ status, source }) => IN_FLIGHT.has(status) && source === 'branch');
  return open.flatMap((one, n) =>
    open.slice(n + 1).flatMap((other) => {
      const theirs = new Set(filesOf(other));
      const shared = filesOf(one).filter((file) => theirs.has(file) && at.has(file));
      if (shared.length === 0) return [];
      const more = shared.length > 1 ? ` and ${count(shared.length - 1, 'more file')}` : '';
      return candidate(`connection:${one.id}:${other.id}`, one.id, workspace, {
        text: `${nameOf(one)} and ${nameOf(other)} both change ${fileName(shared[0]!)}${more}.`,
        why: `You are working on ${shared[0]}, which both threads are tied to.`,
      });
    }),
  );
}

function question({ loops, branch, workspace }: Material, now: number): Candidate[] {
  return loops.flatMap((loop) => {
    const { uncommittedFiles = 0, ahead = 0, current } = loop.facts;
    const here = current ?? (branch !== null && branchOf(loop) === branch);
    const much = uncommittedFiles + ahead >= MUCH;
    if (!here || !much || loop.context !== '' || loop.source !== 'branch') return [];
    if (!IN_FLIGHT.has(loop.status) || now - loop.createdAt < YOUNG_MS) return [];
    const done = [
      ahead > 0 && count(ahead, 'commit'),
      uncommittedFiles > 0 && count(uncommittedFiles, 'open file'),
    ];
    return candidate(`question:${loop.id}:once`, loop.id, workspace, {
      text: `What is ${nameOf(loop)} for? It has ${done.filter(Boolean).join(' and ')}, and no word on why.`,
      why: `It is the thread that you are on, open for ${duration(now - loop.createdAt)} without a note.`,
    });
  });
}

function memory({ memories, files, workspace }: Material, now: number): Candidate[] {
  const at = new Set(files);
  return memories
    .filter(({ kind, file, happenedAt }) => {
      return file !== null && at.has(file) && WORTH_TELLING.includes(kind) && now - happenedAt >= OLD_MS;
    })
    .sort((a, b) => b.happenedAt - a.happenedAt)
    .flatMap(({ id, kind, text, happenedAt, file }) =>
      candidate(`memory:${id}:once`, id, workspace, {
        text: `You ${kind === 'decision' ? 'decided' : 'noted'} about ${fileName(file!)}: "${clip(text, TEXT)}"`,
        why: `You are working on ${file}; this is of ${duration(now - happenedAt)} ago.`,
      }),
    );
}

function offer({ loops, workspace }: Material, now: number): Candidate[] {
  return loops
    .filter(({ status, source, touchedAt }) => {
      return (status === 'open' || status === 'stale') && source !== 'todo' && now - touchedAt >= STILL_MS;
    })
    .sort((a, b) => a.touchedAt - b.touchedAt)
    .flatMap((loop) =>
      candidate(`offer:${loop.id}:${Math.floor(loop.touchedAt / DAY_MS)}`, loop.id, workspace, {
        text: `${nameOf(loop)} is untouched for ${duration(now - loop.touchedAt)}. Keep it, put it off, or drop it?`,
        why: `The longest untouched of ${count(loops.length, 'open thread')}: ${loop.summary}`,
      }),
    );
}

function reminiscence({ memories, workspace }: Material, now: number): Candidate[] {
  return ANNIVERSARIES.flatMap(([days, words]) =>
    memories
      .filter(({ kind, happenedAt }) => {
        return WORTH_TELLING.includes(kind) && Math.abs(now - happenedAt - days * DAY_MS) <= NEAR_MS;
      })
      .flatMap(({ id, kind, text, file }) =>
        candidate(`reminiscence:${id}:${days}`, id, workspace, {
          text: `${words} you ${kind === 'decision' ? 'decided' : 'noted'}: "${clip(text, TEXT)}"`,
          why: `${words} to the day${file === null ? '' : `, about ${file}`}. Is it still so?`,
        }),
      ),
  );
}

function candidate(
  id: string,
  subject: string,
  workspace: string,
  words: Pick<Candidate, 'text' | 'why'>,
): Candidate[] {
  const actions = [
    { id: 'show', label: 'Show' },
    { id: 'later', label: 'Later' },
    { id: 'not_useful', label: 'Not useful' },
  ] as const;
  return [{ id, subject, workspace, ...words, actions, bypass: false }];
}

function filesOf({ anchors }: Loop): string[] {
  const files = anchors.flatMap((anchor) => ('file' in anchor ? [anchor.file] : []));
  return [...new Set(files)];
}

function branchOf({ anchors }: Loop): string | null {
  const anchor = anchors.find(({ kind }) => kind === 'branch');
  return anchor?.kind === 'branch' ? anchor.branch : null;
}

function nameOf(loop: Loop): string {
  const branch = branchOf(loop);
  return branch === null ? `"${clip(loop.title, TITLE)}"` : `\`${branch}\``;
}
