import { appendFile, mkdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  importStream,
  type Life,
  type ProjectName,
  projects,
  type Refs,
  ROBIN,
  Trees,
} from './demo/index.ts';
import { findGit, type GitProgram } from './git/index.ts';
import { runGit } from './git/node.ts';

/** The repository of one project of the demo. */
export interface DemoRepository {
  readonly project: ProjectName;
  readonly folder: string;
  readonly trees: Trees;
  /** Object names of the commits, by their marks. */
  readonly commits: ReadonlyMap<number, string>;
}

/** Work that lies in the work tree and was not committed: what is added at the end of files. */
const UNCOMMITTED: Readonly<Partial<Record<ProjectName, Readonly<Record<string, string>>>>> = {
  harbor: {
    'src/billing/invoices.ts':
      '\n/** Breaks a table where the page ends, and says on both sides that it goes on. */\nexport function breakTable(rows: readonly Row[], room: number): Row[][] {\n  // TODO a row that is taller than a page\n  return rows.reduce<Row[][]>((pages, row) => (fits(pages.at(-1), row, room) ? add(pages, row) : [...pages, [row]]), []);\n}\n',
    'test/invoices.test.ts':
      "\ntest('a table of 40 rows goes over two pages', () => {\n  assert.equal(breakTable(rows(40), PAGE).length, 2);\n});\n",
    'src/billing/page.ts':
      '/** What fits on a page, in points. */\nexport const PAGE = { width: 595, height: 842, margin: 56 };\n',
  },
  handbook: {
    'guides/berth-admins.md': '\n## Open the season\n\n1. Choose the boats that are ready.\n2. \n',
  },
};
const STASHED: Readonly<
  Partial<Record<ProjectName, readonly [file: string, text: string, message: string]>>
> = {
  tern: [
    'src/types.ts',
    '\n/** Month names, tried and left. */\nexport const MONTHS = new Map([["Jan", 1], ["Feb", 2]]);\n',
    'dates with month names',
  ],
};

/**
 * Makes the demo's repositories, small and real, below a folder: histories with dates, open branches, what was pushed,
 * uncommitted work. Nothing of the user's is read, git's own settings neither. Throws `GitError` where there is no git.
 */
export async function makeRepositories(
  folder: string,
  life: Life,
  signal: AbortSignal,
): Promise<DemoRepository[]> {
  const program = await findGit({ signal });
  return Promise.all(projects.map(({ name }) => make(program, path.join(folder, name), name, life, signal)));
}

async function make(
  program: GitProgram,
  folder: string,
  name: ProjectName,
  life: Life,
  signal: AbortSignal,
): Promise<DemoRepository> {
  const project = projects.find((each) => each.name === name)!;
  const commits = life.commits[name].filter(({ at }) => at < life.until);
  const trees = new Trees(project, commits);
  await mkdir(folder, { recursive: true });
  const git = (args: readonly string[], more: { input?: Buffer; environment?: NodeJS.ProcessEnv } = {}) =>
    runGit(program, { folder, args, signal, ...more });
  await git(['init', '--quiet', '--initial-branch=main', '.']);
  const hooks = path.join(folder, '.git', 'hooks');
  await rm(hooks, { recursive: true, force: true });
  const [head, settings] = [path.join(folder, '.git', 'HEAD'), path.join(folder, '.git', 'config')];
  await appendFile(settings, configOf(name));
  const marks = path.join(folder, '.git', 'demo-marks');
  const refs = refsOf(name, life);
  await git(['fast-import', '--quiet', '--done', `--export-marks=${marks}`], {
    input: Buffer.from(importStream(commits, trees, refs)),
  });
  const names = new Map(
    (await readFile(marks, 'utf8')).split('\n').flatMap((line): [number, string][] => {
      const [mark, sha] = line.split(' ');
      return mark?.startsWith(':') && sha ? [[Number(mark.slice(1)), sha]] : [];
    }),
  );
  await rm(marks);
  const branch = currentOf(name, refs);
  await writeFile(head, `ref: refs/heads/${branch}\n`);
  await git(['reset', '--quiet', '--hard']);
  await leave(folder, name, git, { until: life.until, lastAt: commits.at(-1)?.at ?? life.until });
  return { project: name, folder, trees, commits: names };
}

/** What lies about in the work tree. */
async function leave(
  folder: string,
  name: ProjectName,
  git: (args: readonly string[], more?: { environment?: NodeJS.ProcessEnv }) => Promise<unknown>,
  { until, lastAt }: { readonly until: number; readonly lastAt: number },
): Promise<void> {
  const stash = STASHED[name];
  if (stash) {
    const [file, text, message] = stash;
    await appendFile(path.join(folder, file), text);
    const date = `${Math.floor(until / 1000) - 30 * 60 * 60} +0000`;
    const environment = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    await git(['stash', 'push', '--quiet', '--message', message], { environment });
  }
  // Left some minutes after the last commit.
  const left = new Date(lastAt + 35 * 60_000);
  for (const [file, text] of Object.entries(UNCOMMITTED[name] ?? {})) {
    await appendFile(path.join(folder, file), text);
    await utimes(path.join(folder, file), left, left);
  }
}

function refsOf(name: ProjectName, life: Life): Refs {
  const commits = life.commits[name].filter(({ at }) => at < life.until);
  const tip = (branch: string, but = 0) =>
    commits.filter((each) => each.branch === branch).at(-1 - but)?.mark;
  const open = life.threads.filter((each) => each.project === name && each.endsAt === null);
  const some = (rows: readonly (readonly [string, number | undefined])[]) =>
    new Map(rows.filter((row): row is [string, number] => row[1] !== undefined));
  return {
    branches: some([['main', tip('main')], ...open.map(({ branch }) => [branch, tip(branch)] as const)]),
    // Of what is open a part was pushed; of what went stale all.
    pushed: some([
      ['main', tip('main')],
      ...open.map(({ branch, end }) => [branch, tip(branch, end === 'stale' ? 0 : 2)] as const),
    ]),
  };
}

/** The open branch where work goes on, else main. */
function currentOf(name: ProjectName, { branches }: Refs): string {
  const open = [...branches.keys()].filter((branch) => branch !== 'main');
  return name === 'packrat' ? 'main' : (open.at(-1) ?? 'main');
}

function configOf(name: ProjectName): string {
  return [
    '[user]',
    `\tname = ${ROBIN.name}`,
    `\temail = ${ROBIN.email}`,
    '[remote "origin"]',
    // A reserved name: there is no such place, and nothing goes there.
    `\turl = https://git.example.invalid/robin/${name}.git`,
    '\tfetch = +refs/heads/*:refs/remotes/origin/*',
    '[core]',
    '\tautocrlf = false',
    '',
  ].join('\n');
}
