import { invoke } from './invoke.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { decodeLossily } from './text.ts';

/** Where the work tree stands. `branch` is the short name, `ref` the full one. */
export type Head =
  | { readonly kind: 'branch'; readonly branch: string; readonly ref: string; readonly commit: string }
  | { readonly kind: 'detached'; readonly commit: string }
  /** The branch exists in name only: nothing is committed on it yet. */
  | { readonly kind: 'unborn'; readonly branch: string; readonly ref: string };

/** Reads HEAD. Throws `GitError`. */
export async function readHead(
  repository: Repository,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<Head> {
  const [symbolic, resolved] = await Promise.all([
    invoke(repository, ['symbolic-ref', '-q', 'HEAD'], { ...limits, accept: [0, 1] }),
    invoke(repository, ['rev-parse', '-q', '--verify', 'HEAD^{commit}'], { ...limits, accept: [0, 1] }),
  ]);
  const commit = resolved.output.toString('latin1').trim();
  if (symbolic.code === 1) return { kind: 'detached', commit };
  const ref = decodeLossily(symbolic.output).trim();
  const branch = shortName(ref);
  return commit === '' ? { kind: 'unborn', branch, ref } : { kind: 'branch', branch, ref, commit };
}

/** "refs/heads/x/y" to "x/y", "refs/remotes/origin/x" to "origin/x". */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes|tags)\//, '');
}
