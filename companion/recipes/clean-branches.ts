import type { Plan, PlanWorld, Recipe } from '../agency/index.ts';
import {
  atOnce,
  type Branch,
  type DefaultBranch,
  type GitProgram,
  type Landing,
  type Repository,
  readBranches,
  readDefaultBranch,
  readLanding,
} from '../git/index.ts';
import { count, listing } from '../kernel/index.ts';
import { repositoryAt } from './git/repository-at.ts';
import { onlyKnown } from './in-folder.ts';
import { badOption, inGit, notNow } from './refusals.ts';

const OPTIONS: Recipe['options'] = [
  {
    name: 'only',
    question: 'Only branches of these names? (names with *, separated by commas)',
    required: false,
  },
  {
    name: 'keep',
    question: 'Which are to stay in any case? (names with *, separated by commas)',
    required: false,
  },
];
/** Names that stand for more than a piece of work. */
const PROTECTED = [
  'main',
  'master',
  'trunk',
  'dev',
  'develop',
  'development',
  'staging',
  'production',
  'prod',
  'gh-pages',
  'stable',
  'release',
  'release/*',
  'releases/*',
  'release-*',
  'hotfix/*',
  'support/*',
];
const MOST = 100;
const HOW: Readonly<Record<Exclude<Landing, 'open'>, string>> = {
  merged: 'all its commits are in',
  squashed: 'its work came by a squash into',
  picked: 'each of its commits came as an equal one into',
};

/** A branch that may go, where it stands, and where its work is. */
export interface Landed {
  readonly name: string;
  readonly at: string;
  readonly into: string;
  readonly how: Exclude<Landing, 'open'>;
}

/** Branches whose work has arrived. */
export function cleanBranches(program: () => Promise<GitProgram>): Recipe {
  return {
    name: 'clean-branches',
    title: 'Clean up merged branches',
    what: 'Lets branches of this repository go whose work is all in the default branch. Remotes stay as they are.',
    options: OPTIONS,
    async unavailable(world) {
      try {
        const main = await inGit(async () =>
          readDefaultBranch((await repositoryAt(await program(), world.root)).repository),
        );
        return main ? null : 'Nothing is committed in this repository yet.';
      } catch (error) {
        if (error instanceof Error && error.name === 'ProgenyError') return error.message;
        throw error;
      }
    },
    async plan(world, options) {
      onlyKnown(options, OPTIONS);
      const only = patternsOf('only', options.only);
      const keep = patternsOf('keep', options.keep);
      const { landed, main, more } = await findLanded(
        program,
        world,
        (name) => (only.length === 0 || matchesAny(name, only)) && !matchesAny(name, keep),
      );
      if (landed.length === 0)
        throw notNow(
          `No branch can go: each of them is in use, protected by its name, or has work that is not in ${main}.`,
        );
      return {
        sentence: `Delete ${count(landed.length, 'branch', 'branches')} whose work is all in ${main}: ${listing(
          landed.map(({ name }) => name),
          3,
        )}.`,
        destination:
          'in this repository only; nothing is pushed, and undo brings each back to where it stood',
        steps: landed.map(({ name, at, into }) => ({ tool: 'delete_branch', name, at, mergedInto: into })),
        verify: null,
        review: [
          ...landed.map(({ name, at, into, how }) => ({
            text: `${name} stood at ${at.slice(0, 7)}; ${HOW[how]} ${into}.`,
            file: null,
            line: null,
          })),
          ...(more
            ? [{ text: `Only the newest ${MOST} branches were looked at.`, file: null, line: null }]
            : []),
        ],
      } satisfies Plan;
    },
  };
}

/** Branches whose work has arrived in the default one, as far as they may go. Throws `conflict`, `workspace_gone`. */
export function findLanded(
  program: () => Promise<GitProgram>,
  { root, signal }: Pick<PlanWorld, 'root' | 'signal'>,
  wanted: (name: string) => boolean,
): Promise<{ landed: Landed[]; main: string; more: boolean }> {
  return inGit(async () => {
    const { repository } = await repositoryAt(await program(), root);
    const quick = atOnce(repository);
    const main = await readDefaultBranch(quick, { signal });
    if (!main) throw notNow('Nothing is committed in this repository yet.');
    const branches = await readBranches(quick, { against: main, limit: MOST, countDivergence: 0, signal });
    const free = branches.items.filter((branch) => mayGo(branch, main) && wanted(branch.name));
    const landed: Landed[] = [];
    for (const branch of free) {
      const found = await landingOf(quick, main, branch, signal);
      if (found) landed.push(found);
    }
    return { landed, main: main.name, more: branches.truncated };
  });
}

function mayGo(branch: Branch, main: DefaultBranch): boolean {
  return (
    !branch.current &&
    branch.checkedOutAt === null &&
    branch.name !== main.name &&
    !matchesAny(branch.name, PROTECTED)
  );
}

/** Here first, then as last fetched: what is only here may be lost by a reset. */
async function landingOf(
  repository: Repository,
  main: DefaultBranch,
  branch: Branch,
  signal: AbortSignal,
): Promise<Landed | null> {
  for (const base of [main.local, main.remote]) {
    if (base === null) continue;
    const how = await readLanding(repository, base, branch.ref, { signal });
    const into = base.replace(/^refs\/(?:heads|remotes)\//, '');
    if (how !== 'open') return { name: branch.name, at: branch.commit, into, how };
  }
  return null;
}

function patternsOf(option: string, given: string | undefined): string[] {
  const patterns = (given ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  if (patterns.length > 100)
    throw badOption(option, `${patterns.length} names are too many; give at most 100.`);
  return patterns;
}

/** Names with `*` for anything, case aside. Without backtracking: the pieces between the stars stand one after the other. Pure. */
export function matchesAny(name: string, patterns: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return patterns.some((pattern) => {
    const [first = '', ...rest] = pattern.toLowerCase().split('*');
    if (rest.length === 0) return lower === first;
    const last = rest.pop()!;
    if (!lower.startsWith(first) || lower.length < first.length + last.length || !lower.endsWith(last))
      return false;
    let at = first.length;
    for (const piece of rest) {
      const found = lower.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= lower.length - last.length;
  });
}
