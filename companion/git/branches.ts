import type { DefaultBranch } from './default-branch.ts';
import { type Divergence, readDivergence } from './divergence.ts';
import { shortName } from './head.ts';
import { invoke } from './invoke.ts';
import { splitRecords } from './nul-fields.ts';
import { atLeast } from './program.ts';
import type { Repository } from './repository.ts';
import { toMilliseconds } from './revision.ts';
import type { RunLimits } from './run.ts';
import { cleanText, decodePath } from './text.ts';

/** One branch, of here or as last fetched from a remote. Times in ms since the epoch. */
export interface Branch {
  readonly ref: string;
  /** "feature/x", or "origin/feature/x" of a remote. */
  readonly name: string;
  readonly commit: string;
  readonly subject: string;
  readonly author: string;
  readonly email: string;
  readonly authoredAt: number;
  readonly committedAt: number;
  /** HEAD of this work tree stands on it. */
  readonly current: boolean;
  /** The work tree, this or another, that has it checked out. */
  readonly checkedOutAt: string | null;
  /** Full ref of what it follows; `track` is null where that is in step with nothing known. */
  readonly upstream: string | null;
  readonly track: Divergence | 'gone' | null;
  /** Its tip is in the history of the default branch. */
  readonly merged: boolean;
  /** Against the default branch; null where it was not counted (`countDivergence`). */
  readonly divergence: Divergence | null;
}

export interface Branches {
  /** Newest commit first. */
  readonly items: readonly Branch[];
  /** There are more than `limit`. */
  readonly truncated: boolean;
  /** Branches whose name is not UTF-8, left out. */
  readonly undecodable: number;
}

export interface BranchesOptions extends Pick<RunLimits, 'signal'> {
  readonly of?: 'local' | 'remote';
  /** What to measure against; null measures nothing. */
  readonly against: DefaultBranch | null;
  /** Newest so many; default 500. */
  readonly limit?: number;
  /** How many of the newest unmerged ones get a `divergence`; default 40, of a remote 10. */
  readonly countDivergence?: number;
}

const FIELDS = [
  'refname',
  'objectname',
  'symref',
  'HEAD',
  'worktreepath',
  'upstream',
  'upstream:track,nobracket',
  'authorname',
  'authoremail',
  'authordate:unix',
  'committerdate:unix',
  'subject',
];

/** Branches with what their tips say. One process, one more for `merged`, a bounded few for `divergence`. */
export async function readBranches(repository: Repository, options: BranchesOptions): Promise<Branches> {
  const { against, limit = 500, signal } = options;
  const under = options.of === 'remote' ? 'refs/remotes' : 'refs/heads';
  const format = fieldsFor(repository)
    .map((field) => `%(${field})%00`)
    .join('');
  const { output } = await invoke(
    repository,
    ['for-each-ref', '--sort=-committerdate', `--count=${limit + 1}`, `--format=${format}`, under],
    { signal },
  );
  const merged = against ? await mergedRefs(repository, against, under, signal) : new Set<string>();
  const { branches, undecodable } = parseBranches(output, merged);
  const items = branches.slice(0, limit);
  const open = against
    ? items.filter((b) => !b.merged).slice(0, options.countDivergence ?? (options.of === 'remote' ? 10 : 40))
    : [];
  const counts = await readDivergence(repository, against?.commit ?? '', open, signal);
  return {
    items: items.map((b) => ({ ...b, divergence: counts.get(b.commit) ?? null })),
    truncated: branches.length > limit,
    undecodable,
  };
}

/** Newer gits speak of people as `.mailmap` does, as `git log` and `git blame` always do. */
function fieldsFor(repository: Repository): string[] {
  if (!atLeast(repository.program, 2, 42)) return FIELDS;
  return FIELDS.map((field) =>
    field === 'authorname' || field === 'authoremail' ? `${field}:mailmap` : field,
  );
}

async function mergedRefs(
  repository: Repository,
  against: DefaultBranch,
  under: string,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const into = [against.local, against.remote].filter((ref) => ref !== null);
  const merged = new Set<string>();
  for (const ref of into) {
    const { output } = await invoke(
      repository,
      ['for-each-ref', `--merged=${ref}`, '--format=%(refname)%00', under],
      { signal },
    );
    for (const [name] of splitRecords(output, 1)) merged.add(decodePath(name!) ?? '');
  }
  return merged;
}

/** Symbolic refs (origin/HEAD) are no branches and are dropped. Pure. */
export function parseBranches(
  output: Buffer,
  merged: ReadonlySet<string>,
): { branches: Branch[]; undecodable: number } {
  const branches: Branch[] = [];
  let undecodable = 0;
  for (const record of splitRecords(output, FIELDS.length)) {
    if (record[2]!.length > 0) continue;
    const ref = decodePath(record[0]!);
    if (ref === null) {
      undecodable++;
      continue;
    }
    branches.push({
      ref,
      name: shortName(ref),
      commit: record[1]!.toString('latin1'),
      current: record[3]!.toString('latin1') === '*',
      checkedOutAt: (record[4]!.length > 0 && decodePath(record[4]!)) || null,
      upstream: (record[5]!.length > 0 && decodePath(record[5]!)) || null,
      track: parseTrack(record[5]!.length > 0, record[6]!.toString('latin1')),
      author: cleanText(record[7]!, 200),
      email: cleanText(record[8]!, 320).replace(/^<|>$/g, ''),
      authoredAt: toMilliseconds(record[9]!.toString('latin1')),
      committedAt: toMilliseconds(record[10]!.toString('latin1')),
      subject: cleanText(record[11]!),
      merged: merged.has(ref),
      divergence: null,
    });
  }
  return { branches, undecodable };
}

/** "ahead 1, behind 2", "gone", or nothing where both are at the same commit. */
export function parseTrack(hasUpstream: boolean, text: string): Divergence | 'gone' | null {
  if (!hasUpstream) return null;
  if (text === 'gone') return 'gone';
  const count = (word: string): number => Number(new RegExp(`${word} (\\d+)`).exec(text)?.[1] ?? 0);
  return { ahead: count('ahead'), behind: count('behind') };
}
