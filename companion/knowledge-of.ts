import path from 'node:path';
import { briefSeen } from './brief-seen.ts';
import * as git from './git/index.ts';
import type { Clock } from './kernel/index.ts';
import type { LoopStore, Notes } from './loops/index.ts';
import type { Memory } from './memory/index.ts';
import { asksSomething, type Knowledge, type KnownCommit, type Remembered } from './mind/index.ts';
import { isCalledBy, NO_NOTES, privateNotes } from './private-notes.ts';
import type { Loop, Settings } from './protocol/index.ts';
import type { Mind } from './store/index.ts';
import { readTextFile, type Workspaces } from './workspaces/index.ts';

export interface KnowledgeParts {
  readonly mind: Mind;
  readonly memory: Memory;
  readonly loops: LoopStore;
  readonly notes: Notes;
  readonly workspaces: Pick<Workspaces, 'list'>;
  readonly clock: Clock;
  readonly program: git.GitProgram | git.GitError;
  settings(): Settings;
}

/** What may be looked at. `outside`: it may leave this machine, so nothing private is there, and one folder alone. */
export interface Within {
  readonly workspace: string | null;
  readonly outside: boolean;
}

const ALL = 1000;
const ALL_HIDDEN = 2000;
const COMMITS = 40;

/** All that is known, as far as it may be seen. Each thing that is private is left out here, and nowhere else. */
export function knowledgeOf(parts: KnowledgeParts, { workspace, outside }: Within): Knowledge {
  const { mind, memory, loops, notes, workspaces } = parts;
  const folder = workspace === null ? {} : { workspace };
  const open = workspace === null ? undefined : workspaces.list().find((each) => each.path === workspace);
  const scan = open?.scan ?? null;
  const hidden = privateLoops(mind);
  const among = new Set(hidden.map(({ id }) => id));
  const unseen = outside
    ? shutBy(hidden.filter((loop) => loop.path === workspace).map(({ id }) => loops.get(id)))
    : NOTHING;
  const shut = outside ? privateNotes(mind) : NO_NOTES;
  const sees = (loop: string | null) => !outside || loop === null || !among.has(loop);
  const listed = once(() =>
    loops.list({ ...folder, limit: ALL }).filter((loop) => sees(loop.id) && !isCalledBy(loop, shut)),
  );
  const branches = (scan?.branches ?? []).filter(({ name }) => !unseen.branches.has(name));
  return {
    workspace,
    loops: listed,
    whispers: once(() =>
      notes
        .whispers({ ...folder, limit: ALL })
        .filter(({ id, loopId }) => sees(loopId) && !shut.ids.has(id))
        .map((note) => (unseen.branches.has(note.branch ?? '') ? { ...note, branch: null } : note)),
    ),
    decisions: once(() =>
      notes
        .decisions({ ...folder, limit: ALL })
        .filter(({ id, loopId }) => sees(loopId) && !shut.ids.has(id)),
    ),
    isPrivate: (loop) => among.has(loop),
    branches: () => branches,
    todos: () => (scan?.todos ?? []).filter(({ file, line }) => !unseen.places.has(`${file}:${line}`)),
    edits: () => (scan?.uncommitted && !unseen.edits ? scan.uncommitted : null),
    brief: async () => (open ? briefSeen(open, listed(), unseen, parts) : null),
    async recall(question, limit) {
      if (outside && workspace === null) return [];
      const view = { openWorkspaces: outside && workspace !== null ? [workspace] : null };
      const { found } = await memory.recall({ query: question, ...folder, limit }, view);
      const records = found.map(({ record }) => record).filter(({ content }) => content !== question);
      const origins = originsOf(
        mind,
        records.map(({ id }) => id),
      );
      return records.flatMap((record): Remembered[] => {
        const origin = origins.get(record.id) ?? '';
        // What was answered before is no source, and what was asked says nothing.
        if (/^answer_/.test(origin)) return [];
        if (/^turn_/.test(origin) && asksSomething(record.content)) return [];
        return [{ record, mirrors: /^(?:whisper|decision)_/.test(origin) ? origin : null }];
      });
    },
    async commits(search, signal) {
      if (workspace === null || parts.program instanceof Error) return [];
      try {
        return await commitsIn(parts.program, workspace, search, { unseen, scan, signal });
      } catch (error) {
        // A repository that cannot be read, or not in time, has nothing to tell; nor has a folder without one.
        if (git.isGitError(error)) return [];
        throw error;
      }
    },
    async standing(where, file, line) {
      const text = await readTextFile(where, file);
      if (text === null) return null;
      const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
      return line !== undefined && line <= lines ? { file, line } : { file };
    },
  };
}

/** Looked up when it is first asked for, and the same from then on. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What is not seen because it belongs to a private loop. */
export interface Unseen {
  readonly titles: readonly string[];
  readonly branches: ReadonlySet<string>;
  readonly commits: ReadonlySet<string>;
  /** "file:line". */
  readonly places: ReadonlySet<string>;
  /** The work that no commit holds. */
  readonly edits: boolean;
}

const NOTHING: Unseen = {
  titles: [],
  branches: new Set(),
  commits: new Set(),
  places: new Set(),
  edits: false,
};

function shutBy(loops: readonly Loop[]): Unseen {
  const anchors = loops.flatMap((loop) => loop.anchors);
  const evidence = loops.flatMap((loop) => loop.evidence);
  return {
    titles: loops.map(({ title }) => title),
    branches: new Set(anchors.flatMap((each) => (each.kind === 'branch' ? [each.branch] : []))),
    commits: new Set([
      ...anchors.flatMap((each) => ('commit' in each ? [each.commit] : [])),
      ...evidence.flatMap((each) => ('commit' in each ? [each.commit] : [])),
    ]),
    places: new Set([
      ...anchors.flatMap((each) => (each.kind === 'line' ? [`${each.file}:${each.line}`] : [])),
      ...evidence.flatMap((each) => ('file' in each ? [`${each.file}:${each.line}`] : [])),
    ]),
    edits: loops.some(({ source, facts }) => source === 'uncommitted' || facts.current === true),
  };
}

async function commitsIn(
  program: git.GitProgram,
  workspace: string,
  { words, file }: { words?: readonly string[]; file?: string },
  {
    unseen,
    scan,
    signal,
  }: { unseen: Unseen; scan: { defaultBranch: string | null } | null; signal: AbortSignal | undefined },
): Promise<KnownCommit[]> {
  const repository = await git.openRepository(program, workspace, { ...(signal && { signal }) });
  const main = scan?.defaultBranch ?? null;
  const shut = new Set(unseen.commits);
  for (const branch of unseen.branches) {
    // Without a branch to compare with, nothing tells which commits are the private branch's own.
    if (main === null || main === branch) return [];
    const own = { from: `refs/heads/${branch}`, without: [`refs/heads/${main}`], limit: ALL_HIDDEN };
    for (const { commit } of await git.searchCommits(repository, { ...own, signal })) shut.add(commit);
  }
  const within = path.relative(repository.root, workspace).split(path.sep).join('/');
  const found = await git.searchCommits(repository, {
    ...(words && { words }),
    ...(file !== undefined && { file: within === '' ? file : `${within}/${file}` }),
    limit: COMMITS,
    signal,
  });
  return found
    .filter(({ commit }) => ![...shut].some((each) => commit.startsWith(each)))
    .map(({ commit, subject, author, authoredAt: at }) => ({ commit, subject, author, at }));
}

function privateLoops(mind: Mind): { id: string; path: string }[] {
  const sql = `SELECT loops.id, workspaces.path FROM loops JOIN workspaces ON workspaces.id = loops.workspace
    WHERE loops.private = 1`;
  return mind.read((r) => r.all<{ id: string; path: string }>(sql));
}

function originsOf(mind: Mind, ids: readonly string[]): Map<string, string> {
  const sql =
    'SELECT id, origin FROM memories WHERE origin IS NOT NULL AND id IN (SELECT value FROM json_each(?))';
  const rows = mind.read((r) => r.all<{ id: string; origin: string }>(sql, JSON.stringify(ids)));
  return new Map(rows.map(({ id, origin }) => [id, origin]));
}
