import { invoke } from './invoke.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';

/** Whether git tracks anything under a folder of the work tree (relative, forward slashes), in any case of letters. Throws `GitError`. */
export async function readTracked(
  repository: Repository,
  folder: string,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<boolean> {
  let found = false;
  await invoke(repository, ['ls-files', '-z', '--', `:(top,icase,literal)${folder}`], {
    ...limits,
    onOutput: () => {
      found = true;
      return 'stop';
    },
  });
  return found;
}
