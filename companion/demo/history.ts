import { type Random, randomInt } from '../kernel/index.ts';
import { type Day, RELEASES } from './calendar.ts';
import { type Contribution, contribution } from './code.ts';
import type { ProjectName } from './life-types.ts';
import { INES, MAYA, type Person, ROBIN, TOMAS } from './people.ts';
import type { Planned } from './schedule.ts';

/** A commit that is to be made, or was. `mark` counts from 1 in the order of time within its project. */
export interface PlannedCommit {
  readonly project: ProjectName;
  readonly mark: number;
  readonly at: number;
  readonly author: Person;
  readonly branch: string;
  readonly subject: string;
  readonly parent: number | null;
  /** The tip of the branch that it merges. */
  readonly merges: number | null;
  readonly adds: readonly Contribution[];
  readonly thread: number | null;
}

interface Draft extends Omit<PlannedCommit, 'mark' | 'parent' | 'merges' | 'project'> {
  readonly merges: string | null;
}

const MINUTE = 60_000;
const CHORES: readonly (readonly [Person, string, string])[] = [
  [INES, 'Update dependencies', 'package.json'],
  [INES, 'Say in the README who maintains this', 'README.md'],
  [MAYA, 'Pin the version of Node in the build', 'package.json'],
  [TOMAS, 'Fix two typos', 'README.md'],
  [INES, 'Add a badge that means something', 'README.md'],
  [MAYA, 'Run the tests on three systems', 'package.json'],
  [TOMAS, 'Link to the handbook', 'README.md'],
  [MAYA, 'Drop a script that nobody runs', 'package.json'],
  [INES, 'Sort the changelog by what readers look for', 'CHANGELOG.md'],
  [TOMAS, 'Shorten the introduction', 'README.md'],
  [MAYA, 'Fail the build on warnings', 'package.json'],
  [INES, 'Thank those who sent samples', 'README.md'],
];
const VERSIONS: Readonly<Record<ProjectName, readonly string[]>> = {
  tern: ['2.0.0', '2.1.0'],
  harbor: ['0.34.0', '0.39.0'],
  packrat: ['0.9.0', '1.0.0'],
  handbook: [],
};

/** All commits of a project, in the order of time. Pure. */
export function historyOf(
  project: ProjectName,
  threads: readonly Planned[],
  days: readonly Day[],
  random: Random,
): PlannedCommit[] {
  const own = threads.filter((thread) => thread.project === project);
  const begin: Draft = {
    ...{ at: days[0]!.midnight - 400 * 24 * 60 * MINUTE, author: ROBIN, branch: 'main', subject: 'Begin' },
    ...{ merges: null, adds: [], thread: null },
  };
  const drafts = [
    begin,
    ...own.flatMap(commitsOf),
    ...chores(project, days, random),
    ...releases(project, days),
  ].sort((a, b) => a.at - b.at);
  const tips = new Map<string, number>();
  return drafts.map((draft, i): PlannedCommit => {
    const mark = i + 1;
    const parent = tips.get(draft.branch) ?? tips.get('main') ?? null;
    const merges = draft.merges === null ? null : (tips.get(draft.merges) ?? null);
    tips.set(draft.branch, mark);
    return { ...draft, project, mark, parent, merges };
  });
}

/** When each commit of a thread is made: at the end of its stretches. */
function commitsOf(thread: Planned): Draft[] {
  const { stretches, commits, branch, n } = thread;
  if (stretches.length === 0) return [];
  const made = commits.flatMap((subject, i): Draft[] => {
    // The first day is for looking; what is open has not come to all of its commits.
    const stretch = stretches[Math.min(i + 1, stretches.length - 1)]!;
    const late = commits.length - 1 - i;
    const at = stretch.until - (4 + 7 * late + (n % 5)) * MINUTE;
    const adds = filesOf(thread, i).map((file) => contribution(thread, i, file));
    return [{ at, author: ROBIN, branch, subject, merges: null, adds, thread: n }];
  });
  if (thread.end !== undefined || thread.endsAt === null) return made;
  const log = { file: 'CHANGELOG.md', text: `\n- ${thread.fix}\n` };
  const merge: Draft = {
    ...{ at: thread.endsAt - MINUTE, author: ROBIN, branch: 'main', subject: `Merge branch '${branch}'` },
    ...{ merges: branch, adds: thread.project === 'handbook' ? [] : [log], thread: n },
  };
  return [...made, merge];
}

/** Tests come first where there are some; every commit but the first touches the main file. */
function filesOf({ files }: Planned, i: number): string[] {
  const [main, ...others] = files;
  const tests = others.filter((file) => file.startsWith('test/'));
  if (i === 0) return [...tests, main];
  const more = others.filter((file) => !tests.includes(file));
  return i % 2 === 1 ? [main, ...tests] : [main, ...more];
}

function chores(project: ProjectName, days: readonly Day[], random: Random): Draft[] {
  const shift = { tern: 0, harbor: 2, packrat: 4, handbook: 6 }[project];
  return Array.from({ length: 10 }, (_, i): Draft => {
    const [author, subject, file] = CHORES[(i + shift) % CHORES.length]!;
    const day = days[Math.min(days.length - 2, Math.floor(((i + 0.7) / 10) * days.length))]!;
    const at = day.midnight + (9 * 60 + randomInt(random, 8 * 60)) * MINUTE;
    const text = file === 'package.json' ? '' : `\n${subject}.\n`;
    return {
      ...{ at, author, branch: 'main', subject, merges: null, thread: null },
      adds: [{ file: file === 'package.json' ? 'CHANGELOG.md' : file, text: text || `\n- ${subject}.\n` }],
    };
  });
}

function releases(project: ProjectName, days: readonly Day[]): Draft[] {
  return VERSIONS[project].map((version, i): Draft => {
    const day = days[Math.floor(RELEASES[i]! * days.length)]!;
    return {
      ...{ at: day.midnight + (18 * 60 + 20) * MINUTE, author: ROBIN, branch: 'main' },
      ...{ subject: `Release ${version}`, merges: null, thread: null },
      adds: [{ file: 'CHANGELOG.md', text: `\n## ${version}\n` }],
    };
  });
}
