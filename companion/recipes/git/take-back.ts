import type { GitUndo } from '../../agency/index.ts';
import type { Repository } from '../../git/index.ts';
import type { WheelConflict } from '../../protocol/index.ts';
import { putEntries, readEntries, sameEntry } from './index-entries.ts';
import { refAt, write } from './repository-at.ts';

const TAKEN_BACK = 'progeny: taken back';

/**
 * Takes one act back: refs where they still stand where it left them, all of them or none; then index entries that are
 * still its own; then the lines of reflogs that it wrote, where nothing came after. May be called again, also after
 * it was cut off: what is back already stays. Throws `GitError`.
 */
export async function takeBack(repository: Repository, undo: GitUndo): Promise<readonly WheelConflict[]> {
  const { own, moved } = await standingRefs(repository, undo);
  if (moved.length > 0) return moved;
  for (const { ref, before, after } of own.reverse()) {
    if (ref === 'HEAD') await write(repository, ['symbolic-ref', '-m', TAKEN_BACK, 'HEAD', before!]);
    else if (before === null) await write(repository, ['update-ref', '--no-deref', '-d', ref, after!]);
    else {
      const old = after ?? '0'.repeat(before.length);
      await write(repository, ['update-ref', '--no-deref', '-m', TAKEN_BACK, ref, before, old]);
    }
  }
  const left = await putBackIndex(repository, undo);
  for (const { ref, message } of undo.logs ?? []) await trimLog(repository, ref, message);
  return left;
}

/** Refs that stand where the act left them, and those that stand neither there nor where they did before. */
async function standingRefs(
  repository: Repository,
  { refs }: GitUndo,
): Promise<{ readonly own: GitUndo['refs'][number][]; readonly moved: readonly WheelConflict[] }> {
  const own: GitUndo['refs'][number][] = [];
  const moved: WheelConflict[] = [];
  for (const each of refs) {
    const { ref, before, after } = each;
    const now = ref === 'HEAD' ? await symbolic(repository) : await refAt(repository, ref);
    if (now === after) own.push(each);
    else if (now !== before) {
      const why = `It stands at ${now?.slice(0, 60) ?? 'nothing'} since, not at ${after ?? 'nothing'}.`;
      moved.push({ path: `.git/${ref}`, why });
    }
  }
  return { own, moved };
}

async function symbolic(repository: Repository): Promise<string | null> {
  const { code, output } = await write(repository, ['symbolic-ref', '-q', 'HEAD'], { accept: [0, 1] });
  return code === 0 ? output.toString('utf8').trim() : null;
}

async function putBackIndex(repository: Repository, { index = [] }: GitUndo): Promise<WheelConflict[]> {
  if (index.length === 0) return [];
  const now = await readEntries(
    repository,
    index.map((each) => each.path),
  );
  const stands = (path: string) => now.get(path) ?? null;
  const own = index.filter((each) => sameEntry(stands(each.path), each.after));
  await putEntries(
    repository,
    own.map((each) => [each.path, each.before] as const),
  );
  return index
    .filter((each) => !own.includes(each) && !sameEntry(stands(each.path), each.before))
    .map((each) => ({ path: '.git/index', why: `${each.path} was staged anew since; the index keeps it.` }));
}

/**
 * Takes the newest lines out of a reflog: ours of taking back, and `message` right below it. Anything else on top stays,
 * with all below: without ours on top a line of the same words may be the user's. Ours goes last, so that it is known
 * again after it was cut off.
 */
async function trimLog(repository: Repository, ref: string, message: string): Promise<void> {
  const { code, output } = await write(repository, ['reflog', '-2', '--format=%gs', ref, '--'], {
    accept: [0, 128],
  });
  const [top, below] = output.toString('utf8').split('\n');
  if (code !== 0 || top?.trim() !== TAKEN_BACK) return;
  if (below?.trim() === message) await write(repository, ['reflog', 'delete', `${ref}@{1}`]);
  await write(repository, ['reflog', 'delete', `${ref}@{0}`]);
}
