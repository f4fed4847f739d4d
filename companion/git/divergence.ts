import { invoke } from './invoke.ts';
import { splitRecords } from './nul-fields.ts';
import { atLeast } from './program.ts';
import type { Repository } from './repository.ts';

/** Commits that one side has and the other has not. */
export interface Divergence {
  readonly ahead: number;
  readonly behind: number;
}

interface Tip {
  readonly ref: string;
  readonly commit: string;
}

/**
 * How far each tip stands from the commit `base`, by the tip's commit. git counts all of them in one process
 * since 2.41; before, it is one short process each, a few at a time.
 */
export async function readDivergence(
  repository: Repository,
  base: string,
  tips: readonly Tip[],
  signal: AbortSignal | undefined,
): Promise<Map<string, Divergence>> {
  const counts = new Map<string, Divergence>();
  if (tips.length === 0) return counts;
  if (atLeast(repository.program, 2, 41)) {
    const format = `--format=%(objectname)%00%(ahead-behind:${base})%00`;
    const { output } = await invoke(repository, ['for-each-ref', format, ...tips.map((t) => t.ref)], {
      signal,
    });
    for (const [commit, pair] of splitRecords(output, 2)) {
      counts.set(commit!.toString('latin1'), parsePair(pair!.toString('latin1')));
    }
    return counts;
  }
  await Promise.all(
    [...new Set(tips.map((t) => t.commit))].map(async (commit) => {
      const range = `${commit}...${base}`;
      const { output } = await invoke(repository, ['rev-list', '--left-right', '--count', range, '--'], {
        signal,
      });
      counts.set(commit, parsePair(output.toString('latin1')));
    }),
  );
  return counts;
}

/** "3 1" or "3<TAB>1": ahead, behind. */
function parsePair(text: string): Divergence {
  const [ahead = 0, behind = 0] = text.trim().split(/\s+/).map(Number);
  return { ahead, behind };
}
