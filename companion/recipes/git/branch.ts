import type { GitUndo, Intend } from '../../agency/index.ts';
import type { Repository } from '../../git/index.ts';
import { badOption, notNow } from '../refusals.ts';
import { refAt, standingBranch, write } from './repository-at.ts';

/** Full ref of a name that git takes for a branch. Throws `bad_input`. */
export async function branchRef(repository: Repository, name: string): Promise<string> {
  const ref = `refs/heads/${name}`;
  const isName =
    !name.startsWith('-') &&
    name !== 'HEAD' &&
    !name.includes('\0') &&
    (await write(repository, ['check-ref-format', ref], { accept: [0, 1] })).code === 0;
  if (!isName)
    throw badOption(
      'branch',
      `"${name}" is no name that git takes for a branch. Use letters, digits, "-" and "/".`,
    );
  return ref;
}

/** The branch that stands in the way of a new one: the same, the same but for case, or a folder of its name. */
export async function inTheWay(repository: Repository, name: string): Promise<string | null> {
  const { output } = await write(repository, ['for-each-ref', '--format=%(refname)', 'refs/heads']);
  const wanted = name.toLowerCase();
  const all = output
    .toString('utf8')
    .split('\n')
    .map((ref) => ref.slice('refs/heads/'.length));
  return (
    all.find((each) => {
      const other = each.toLowerCase();
      return other === wanted || other.startsWith(`${wanted}/`) || wanted.startsWith(`${other}/`);
    }) || null
  );
}

/**
 * Makes a branch where HEAD stands and points HEAD to it. No file and no index entry changes, since both stand on the
 * same commit. Throws `bad_input`, `conflict`, `GitError`.
 */
export async function makeBranch(repository: Repository, name: string, intend?: Intend): Promise<GitUndo> {
  const head = await standingBranch(repository);
  const ref = await branchRef(repository, name);
  const other = await inTheWay(repository, name);
  if (other !== null)
    throw notNow(`The branch "${other}" is there already, so "${name}" cannot be made. Choose another name.`);
  // As `git switch` says it, so that `git switch -` finds the way back.
  const message = `checkout: moving from ${head.branch} to ${name}`;
  const undo: GitUndo = {
    refs: [
      { ref, before: null, after: head.commit },
      { ref: 'HEAD', before: head.ref, after: ref },
    ],
    logs: [{ ref: 'HEAD', message }],
  };
  intend?.(undo);
  const zero = '0'.repeat(head.commit.length);
  await write(repository, [
    'update-ref',
    '--create-reflog',
    '-m',
    `branch: Created from ${head.branch}`,
    ref,
    head.commit,
    zero,
  ]);
  if (
    (await refAt(repository, head.ref)) !== head.commit ||
    (await standingBranch(repository)).ref !== head.ref
  ) {
    await write(repository, ['update-ref', '-d', ref, head.commit]);
    throw notNow('Somebody committed or changed the branch at the same moment. Try again.');
  }
  await write(repository, ['symbolic-ref', '-m', message, 'HEAD', ref]);
  return undo;
}
