import { isGitError } from './errors.ts';
import { invoke } from './invoke.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';

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
  const known = await invoke(repository, ['rev-parse', 'HEAD', '--symbolic-full-name', 'HEAD'], limits).catch(
    (error: unknown) => {
      if (isGitError(error, 'unknown-revision')) return null;
      throw error;
    },
  );
  if (known) {
    const [commit = '', ref = ''] = (decodePath(known.output) ?? '').split('\n');
    if (ref.startsWith('refs/')) return { kind: 'branch', branch: shortName(ref), ref, commit };
    return { kind: 'detached', commit: commit || known.output.toString('latin1').split('\n', 1)[0]! };
  }
  const { output } = await invoke(repository, ['symbolic-ref', '-q', 'HEAD'], limits);
  const ref = output.toString('utf8').trim();
  return { kind: 'unborn', branch: shortName(ref), ref };
}

/** "refs/heads/x/y" to "x/y", "refs/remotes/origin/x" to "origin/x". */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|remotes|tags)\//, '');
}
