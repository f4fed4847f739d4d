import { isGitError } from './errors.ts';
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

/** A branch that shares nothing with the base makes git walk both histories whole: not worth the wait. */
const TIMEOUT_MS = 5_000;

/**
 * How far each tip stands from the commit `base`, by the tip's commit; a tip that takes too long has no entry.
 * git counts all of them in one process since 2.41; before, it is one short process each, a few at a time.
 */
export async function readDivergence(
  repository: Repository,
  base: string,
  tips: readonly Tip[],
  signal: AbortSignal | undefined,
): Promise<Map<string, Divergence>> {
  const counts = new Map<string, Divergence>();
  if (tips.length === 0) return counts;
  const limits = { signal, timeoutMs: TIMEOUT_MS };
  if (atLeast(repository.program, 2, 41)) {
    const format = `--format=%(objectname)%00%(ahead-behind:${base})%00`;
    const args = ['for-each-ref', format, ...tips.map((t) => t.ref)] as const;
    const counted = await invoke(repository, args, { ...limits, timeoutMs: 4 * TIMEOUT_MS }).catch(
      nullOnTimeout,
    );
    for (const [commit, pair] of splitRecords(counted?.output ?? Buffer.alloc(0), 2)) {
      counts.set(commit!.toString('latin1'), parsePair(pair!.toString('latin1')));
    }
    return counts;
  }
  await Promise.all(
    [...new Set(tips.map((t) => t.commit))].map(async (commit) => {
      const range = `${commit}...${base}`;
      const args = ['rev-list', '--left-right', '--count', range, '--'] as const;
      const counted = await invoke(repository, args, limits).catch(nullOnTimeout);
      if (counted) counts.set(commit, parsePair(counted.output.toString('latin1')));
    }),
  );
  return counts;
}

function nullOnTimeout(error: unknown): null {
  if (isGitError(error, 'timeout')) return null;
  throw error;
}

/** "3 1" or "3<TAB>1": ahead, behind. */
function parsePair(text: string): Divergence {
  const [ahead = 0, behind = 0] = text.trim().split(/\s+/).map(Number);
  return { ahead, behind };
}
