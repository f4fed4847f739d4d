import { shortName } from './head.ts';
import { invoke } from './invoke.ts';
import { splitRecords } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { toMilliseconds } from './revision.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';

/** The branch that work is measured against. */
export interface DefaultBranch {
  readonly name: string;
  /** Full refs; null where there is no such branch here or on the remote. */
  readonly local: string | null;
  readonly remote: string | null;
  /** The newer of the two, to compare with, and its tip. */
  readonly ref: string;
  readonly commit: string;
  /** How it was found: the remote says so, by its usual name, or only as the branch last committed to. */
  readonly reason: 'remote-head' | 'name' | 'most-recent';
}

export interface KnownRef {
  readonly ref: string;
  readonly commit: string;
  readonly symref: string;
  readonly at: number;
}

const USUAL_NAMES = ['main', 'master', 'trunk', 'develop'];

/** Null where nothing is committed on any branch. Throws `GitError`. */
export async function readDefaultBranch(
  repository: Repository,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<DefaultBranch | null> {
  const { output } = await invoke(
    repository,
    [
      'for-each-ref',
      '--sort=-committerdate',
      '--format=%(refname)%00%(objectname)%00%(symref)%00%(committerdate:unix)%00',
      'refs/heads',
      'refs/remotes',
    ],
    limits,
  );
  const refs: KnownRef[] = [];
  for (const record of splitRecords(output, 4)) {
    const [ref, symref] = [decodePath(record[0]!), decodePath(record[2]!)];
    if (ref === null || symref === null) continue;
    const [commit, at] = [record[1]!.toString('latin1'), toMilliseconds(record[3]!.toString('latin1'))];
    refs.push({ ref, commit, symref, at });
  }
  return chooseDefaultBranch(refs);
}

/** `refs` newest first. A remote called "origin" speaks before the others. Pure. */
export function chooseDefaultBranch(refs: readonly KnownRef[]): DefaultBranch | null {
  const heads = refs.filter((r) => r.symref.startsWith('refs/remotes/') && r.ref.endsWith('/HEAD'));
  const head = heads.find((r) => r.ref === 'refs/remotes/origin/HEAD') ?? heads[0];
  if (head) {
    const remote = head.ref.slice('refs/remotes/'.length, -'/HEAD'.length);
    const name = head.symref.slice(`refs/remotes/${remote}/`.length);
    const found = build(refs, name, remote, 'remote-head');
    if (found) return found;
  }
  for (const name of USUAL_NAMES) {
    const found = build(refs, name, 'origin', 'name');
    if (found) return found;
  }
  const recent = refs.find((r) => r.ref.startsWith('refs/heads/')) ?? refs.find((r) => r.symref === '');
  if (!recent) return null;
  const isLocal = recent.ref.startsWith('refs/heads/');
  return {
    name: shortName(recent.ref),
    local: isLocal ? recent.ref : null,
    remote: isLocal ? null : recent.ref,
    ref: recent.ref,
    commit: recent.commit,
    reason: 'most-recent',
  };
}

function build(
  refs: readonly KnownRef[],
  name: string,
  remoteName: string,
  reason: DefaultBranch['reason'],
): DefaultBranch | null {
  const local = refs.find((r) => r.ref === `refs/heads/${name}`);
  const remote = refs.find((r) => r.ref === `refs/remotes/${remoteName}/${name}` && r.symref === '');
  const newer = local && remote ? (local.at >= remote.at ? local : remote) : (local ?? remote);
  if (!newer) return null;
  return {
    name,
    local: local?.ref ?? null,
    remote: remote?.ref ?? null,
    ref: newer.ref,
    commit: newer.commit,
    reason,
  };
}
