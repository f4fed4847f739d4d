import type { Repository } from '../../git/index.ts';
import { guardFilters, pin } from '../../git/node.ts';
import { notNow } from '../refusals.ts';
import { write } from './repository-at.ts';

/**
 * A filter is a program that the configuration names (`filter.lfs.clean`); what git would commit of such a file is
 * what the program makes of it. It is not run here, so such a file is refused. Line endings and the like, which git
 * itself converts, are none. Throws `conflict`, `GitError`.
 */
export async function refuseFiltered(repository: Repository, paths: readonly string[]): Promise<void> {
  const { names } = await guardFilters(repository.program, repository.root, pin(repository.root), {});
  if (names.length === 0) return;
  const { output } = await write(repository, ['check-attr', '-z', '--stdin', 'filter'], {
    input: Buffer.from(paths.map((path) => `${path}\0`).join('')),
  });
  const fields = output.toString('utf8').split('\0');
  for (let i = 0; i + 2 < fields.length; i += 3) {
    const [path, , filter] = fields.slice(i, i + 3);
    if (names.includes(filter!))
      throw notNow(
        `${path} goes through the filter "${filter}" when git takes it in; that is a program of the configuration, and a run does not start it. Commit this file yourself, or leave out the commit.`,
      );
  }
}
