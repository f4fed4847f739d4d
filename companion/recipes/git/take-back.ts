import type { GitUndo } from '../../agency/index.ts';
import type { Repository } from '../../git/index.ts';
import type { WheelConflict } from '../../protocol/index.ts';
import { putEntries, readEntries, sameEntry } from './index-entries.ts';
import { refAt, write } from './repository-at.ts';

const TAKEN_BACK = 'progeny: taken back';

/**
 * Takes one act back: refs where they still stand where it left them, all of them or none; then index entries that are
 * still its own; then the lines of reflogs that it wrote, where nothing came after. Throws `GitError`.
 */
export async function takeBack(repository: Repository, undo: GitUndo): Promise<readonly WheelConflict[]> {
  const moved = await movedRefs(repository, undo);
  if (moved.length > 0) return moved;
  for (const { ref, before, after } of [...undo.refs].reverse()) {
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

async function movedRefs(repository: Repository, undo: GitUndo): Promise<WheelConflict[]> {
  const conflicts: WheelConflict[] = [];
  for (const { ref, before, after } of undo.refs) {
    const now = ref === 'HEAD' ? await symbolic(repository) : await refAt(repository, ref);
    if (now === after) continue;
    const why =
      now === before
        ? 'It stands where it did before already.'
        : `It stands at ${now?.slice(0, 60) ?? 'nothing'} since, not at ${after ?? 'nothing'}.`;
    conflicts.push({ path: ref, why });
  }
  return conflicts;
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
  const own = index.filter((each) => sameEntry(now.get(each.path) ?? null, each.after));
  await putEntries(
    repository,
    own.map((each) => [each.path, each.before] as const),
  );
  return index
    .filter((each) => !own.includes(each))
    .map((each) => ({ path: each.path, why: 'It was staged anew since; the index keeps it.' }));
}

/** Takes the newest lines out of a reflog: ours of taking back, and `message`. Anything else on top stays, with all below. */
async function trimLog(repository: Repository, ref: string, message: string): Promise<void> {
  for (const wanted of [TAKEN_BACK, message]) {
    const { code, output } = await write(repository, ['reflog', '-1', '--format=%gs', ref, '--'], {
      accept: [0, 128],
    });
    const top = output.toString('utf8').trim();
    if (code === 0 && top === wanted) await write(repository, ['reflog', 'delete', `${ref}@{0}`]);
    else if (wanted === message) return;
  }
}
