import { LOG_FORMAT, logReader } from './commit-log.ts';
import { invoke, invokeFields } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import type { RunLimits } from './run.ts';
import { cleanText } from './text.ts';

/** One stash. Time in ms since the epoch. */
export interface Stash {
  /** "stash@{0}" is the newest; the number changes with every new stash, `commit` does not. */
  readonly ref: string;
  readonly commit: string;
  readonly message: string;
  /** The branch it was made on; null where HEAD was detached or the message does not tell. */
  readonly branch: string | null;
  readonly at: number;
  /** Tracked files that it changes, and untracked ones that it holds. */
  readonly files: number;
}

const MOST_STASHES = 50;

/** Newest first, at most 50. Throws `GitError`. */
export async function readStashes(
  repository: Repository,
  limits: Pick<RunLimits, 'signal'> = {},
): Promise<Stash[]> {
  // A missing ref would make `git log -g` tell about HEAD instead.
  const known = await invoke(repository, ['for-each-ref', '--format=%(objectname)', 'refs/stash'], limits);
  if (known.output.length === 0) return [];
  const stashes: { stash: Stash; untracked: string | undefined }[] = [];
  const reader = logReader((commit, files) => {
    const { message, branch } = parseMessage(commit.subject);
    const ref = `stash@{${stashes.length}}`;
    const stash = {
      ref,
      commit: commit.commit,
      message,
      branch,
      at: commit.committedAt,
      files: files?.length ?? 1_000,
    };
    stashes.push({ stash, untracked: commit.parents[2] });
  });
  const shape = ['--raw', '--no-abbrev', '--no-renames', '-m', '--first-parent'];
  const args = ['-g', '-z', LOG_FORMAT, ...shape, `--max-count=${MOST_STASHES}`, 'refs/stash', '--'];
  await invokeFields(repository, ['log', ...args], (field) => void reader.push(field), limits);
  reader.end();
  return Promise.all(
    stashes.map(async ({ stash, untracked }) => {
      if (untracked === undefined) return stash;
      const { output } = await invoke(
        repository,
        ['ls-tree', '-r', '-z', '--name-only', '--full-tree', untracked],
        limits,
      );
      return { ...stash, files: stash.files + splitFields(output).length };
    }),
  );
}

/** "WIP on main: 1a2b3c4 subject", "On main: what the user wrote", "On (no branch): ...". Pure. */
export function parseMessage(text: string): { message: string; branch: string | null } {
  const match = /^(?:WIP on|On) (\(no branch\)|[^:]+): (.*)$/s.exec(text);
  if (!match) return { message: cleanText(text), branch: null };
  return { message: match[2]!, branch: match[1] === '(no branch)' ? null : match[1]! };
}
