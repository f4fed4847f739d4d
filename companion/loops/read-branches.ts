import type * as git from '../git/index.ts';
import type { ReadScanOptions } from './read-scan.ts';
import type { ScannedBranch } from './scan.ts';

export interface BranchContext {
  base: git.DefaultBranch | null;
  own(author: git.Author): boolean;
  unpushed: git.UnpushedBranches | null;
  tolerate<T>(what: string, fallback: T): (error: unknown) => T;
}

const BRANCHES_WITH_FILES = 8;
const LANDING_CHECKS = 12;
const REMOTE_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;
/** Branches that live for years and are nobody's open thread: releases, maintenance lines, published pages. */
const LONG_LIVED =
  /^(v?\d+([._]\d+)*([._-]?x)?|(release|releases|stable|maint|maintenance|support|hotfixes)([-/].*)?|develop|development|next|staging|production|prod|canary|nightly|gh-pages|pages|backport[-/].*)$/i;

/**
 * The branches that may be threads of work: all local ones, and on remotes those of the user that are not here
 * and were touched lately (lately as of the newest commit). What has landed, also by squash or pick, counts as
 * not ahead.
 */
export async function readBranches(
  options: ReadScanOptions,
  context: BranchContext,
): Promise<ScannedBranch[]> {
  const { git, repository, signal } = options;
  const { base, own, unpushed, tolerate } = context;
  const [locals, remotes] = await Promise.all([
    git.readBranches(repository, { against: base, of: 'local', signal }).catch(tolerate('Branches', null)),
    git
      .readBranches(repository, { against: base, of: 'remote', signal })
      .catch(tolerate('Remote branches', null)),
  ]);
  const local = locals?.items ?? [];
  const newest = Math.max(
    0,
    ...local.map((b) => b.committedAt),
    ...(remotes?.items ?? []).map((b) => b.committedAt),
  );
  const here = new Set(
    local.flatMap((b) => [b.name, b.upstream === null ? b.name : git.shortName(b.upstream)]),
  );
  const elsewhere = (remotes?.items ?? []).filter(
    (b) =>
      !b.merged &&
      own(b) &&
      !here.has(b.name) &&
      !here.has(withoutRemote(b.name)) &&
      !LONG_LIVED.test(withoutRemote(b.name)) &&
      b.committedAt > newest - REMOTE_DAYS * DAY,
  );
  const branches = [...local, ...elsewhere].map((branch): ScannedBranch => {
    const waiting = unpushed?.branches.find((u) => u.ref === branch.ref);
    const remote = elsewhere.includes(branch);
    return {
      name: branch.name,
      commit: branch.commit,
      current: branch.current,
      author: branch.author,
      // A branch that only exists here was made here; one that follows a remote is the user's by its author.
      own: branch.current || own(branch) || branch.upstream === null || (waiting?.commits ?? 0) > 0,
      subject: branch.subject,
      touchedAt: branch.committedAt,
      ahead: branch.merged ? 0 : (branch.divergence?.ahead ?? null),
      behind: branch.divergence?.behind ?? null,
      unpushed: unpushed === null || remote ? null : (waiting?.commits ?? 0),
      unpushedSince: waiting?.oldestAt ?? null,
      files: [],
    };
  });
  if (base) await describe(options, base, branches);
  return branches;
}

function withoutRemote(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}

/** The newest branches get the files that they change; those whose work landed by squash or pick count as merged. */
async function describe(
  { git, repository, signal }: ReadScanOptions,
  base: git.DefaultBranch,
  branches: ScannedBranch[],
): Promise<void> {
  const open = branches.filter((branch) => branch.name !== base.name && branch.own && branch.ahead !== 0);
  for (const branch of open.slice(0, LANDING_CHECKS)) {
    const landing = await git
      .readLanding(repository, base.commit, branch.commit, { signal })
      .catch(() => 'open' as const);
    if (landing !== 'open') branch.ahead = 0;
  }
  for (const branch of open.filter((b) => b.ahead !== 0).slice(0, BRANCHES_WITH_FILES)) {
    const movement = await git
      .readCommitsBetween(repository, base.commit, branch.commit, { limit: 100, signal })
      .catch(() => null);
    if (movement) branch.files = [...movement.files].slice(0, 50);
  }
}
