import type { Life, Planned, PlannedCommit } from './demo/index.ts';
import type { DemoRepository } from './demo-repositories.ts';
import type { Scan } from './loops/index.ts';

const MINUTE = 60_000;

/** What a reading of a demo project's folder would have found at a time. Pure. */
export function scanAt(life: Life, { project, trees, commits: names }: DemoRepository, at: number): Scan {
  const past = life.commits[project].filter((commit) => commit.at <= at);
  const own = life.threads.filter((thread) => thread.project === project);
  const alive = own.filter(
    ({ stretches, endsAt }) =>
      (stretches[0]?.from ?? Number.POSITIVE_INFINITY) <= at && (endsAt === null || endsAt > at),
  );
  const sha = (commit: PlannedCommit | undefined) => (commit ? (names.get(commit.mark) ?? null) : null);
  const main = past.filter(({ branch }) => branch === 'main');
  const tip = main.at(-1);
  const current = currentOf(alive, at);
  const branches = alive.map((thread) => {
    const made = past.filter(({ branch }) => branch === thread.branch);
    const last = made.at(-1);
    const behind =
      last && tip ? [...trees.behind(tip.mark)].filter((mark) => !trees.behind(last.mark).has(mark)) : [];
    return {
      name: thread.branch,
      commit: sha(last ?? tip) ?? '',
      current: thread === current,
      author: 'Robin Marsh',
      own: true,
      subject: (last ?? tip)?.subject ?? '',
      touchedAt: last?.at ?? thread.stretches[0]!.from,
      ahead: made.length,
      behind: behind.length,
      // Most evenings end with a push.
      unpushed: thread.n % 4 === 0 ? made.length : 0,
      unpushedSince: thread.n % 4 === 0 ? (made[0]?.at ?? null) : null,
      files: [...new Set(made.flatMap(({ adds }) => adds.map(({ file }) => file)))],
    };
  });
  const described = (commit: PlannedCommit) => ({
    commit: sha(commit)!,
    subject: commit.subject,
    author: commit.author.name,
    own: commit.author.name === 'Robin Marsh',
    at: commit.at,
    places: [],
    files: commit.adds.map(({ file }) => file),
  });
  const newest = past.filter(({ author }) => author.name === 'Robin Marsh').at(-1);
  return {
    ...{ at, branch: current?.branch ?? 'main', defaultBranch: 'main', hasRemote: true, operation: null },
    commit: sha(past.filter(({ branch }) => branch === (current?.branch ?? 'main')).at(-1) ?? tip),
    branches: [
      ...branches,
      {
        ...{
          name: 'main',
          commit: sha(tip) ?? '',
          current: current === null,
          author: tip?.author.name ?? '',
          own: true,
        },
        ...{
          subject: tip?.subject ?? '',
          touchedAt: tip?.at ?? at,
          ahead: 0,
          behind: 0,
          unpushed: 0,
          unpushedSince: null,
        },
        files: [],
      },
    ],
    uncommitted: current && uncommittedOf(current, past, at),
    ...{ stashes: [], todos: todosOf(past, tip, trees, names), moved: null, notes: [] },
    last: newest ? described(newest) : null,
    recent: main.slice(-10).reverse().map(described),
  };
}

/** The thread that was worked on last. */
function currentOf(alive: readonly Planned[], at: number): Planned | null {
  const touched = (thread: Planned) =>
    Math.max(...thread.stretches.flatMap(({ from }) => (from <= at ? from : [])));
  return alive.toSorted((a, b) => touched(b) - touched(a))[0] ?? null;
}

/** What was edited since the last commit of a thread. */
function uncommittedOf(thread: Planned, past: readonly PlannedCommit[], at: number): Scan['uncommitted'] {
  const stretch = thread.stretches.findLast(({ from }) => from + 20 * MINUTE <= at);
  const last = past.findLast((commit) => commit.thread === thread.n && commit.merges === null);
  if (!stretch || (last && last.at >= stretch.from)) return null;
  const files = thread.files.slice(0, 2);
  const touchedAt = Math.min(stretch.until, at);
  return {
    ...{
      total: files.length,
      staged: 0,
      untracked: 0,
      conflicts: 0,
      insertions: 14 + 3 * thread.n,
      deletions: thread.n % 7,
    },
    ...{
      since: stretch.from + 12 * MINUTE,
      touchedAt,
      places: files.map((file) => ({ file, line: 2 })),
      files,
    },
  };
}

/** Notes in the code of main. */
function todosOf(
  past: readonly PlannedCommit[],
  tip: PlannedCommit | undefined,
  trees: DemoRepository['trees'],
  names: ReadonlyMap<number, string>,
): Scan['todos'] {
  if (!tip) return [];
  const behind = trees.behind(tip.mark);
  return past.flatMap((commit) => {
    if (!behind.has(commit.mark)) return [];
    return commit.adds.flatMap(({ file, text }): Scan['todos'] => {
      const note = /\/\/ (TODO|FIXME|HACK) (.+)/.exec(text);
      if (!note) return [];
      const line =
        (trees.file(tip.mark, file) ?? '').split('\n').findIndex((each) => each.includes(note[0])) + 1;
      const since = past.filter((each) => each.at > commit.at && each.adds.some((add) => add.file === file));
      return [
        {
          ...{
            file,
            line,
            tag: note[1] as 'TODO',
            text: note[2]!,
            author: 'Robin Marsh',
            own: true,
            dating: 'dated',
          },
          ...{ writtenAt: commit.at, commit: names.get(commit.mark) ?? null, changesSince: since.length },
          fileTouchedAt: since.at(-1)?.at ?? commit.at,
        },
      ];
    });
  });
}
