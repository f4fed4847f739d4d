import { parseBlame } from '../../../../companion/git/blame-parser.ts';
import type { Comment } from './comments.ts';
import { git } from './git-plumbing.ts';

/** Lines each way that are "around" a comment. */
export const AROUND = 15;
const MOST_LINES = 5_000;

/** Who wrote a comment and when, and when the lines around it were written. Times in ms. */
export interface Origin {
  readonly commit: string;
  readonly author: string;
  readonly at: number;
  readonly around: readonly { readonly commit: string; readonly at: number }[];
  /** When each line of the file was written; null where the file is very long. */
  readonly all: readonly number[] | null;
}

/** By line, for the comments of one file of a snapshot: one `git blame` of the ranges. */
export async function readOrigins(
  folder: string,
  commit: string,
  path: string,
  comments: readonly Comment[],
  fileLines: number,
): Promise<Map<number, Origin>> {
  const ranges = comments.map(
    ({ line }) => `-L${Math.max(1, line - AROUND)},${Math.min(fileLines, line + AROUND)}`,
  );
  // All of a file tells how much of it is new; of a very long one only the ranges are worth the time.
  const which = fileLines <= MOST_LINES ? [] : new Set(ranges);
  const args = ['blame', '--porcelain', '--no-textconv', ...which, commit, '--', path];
  const lines = parseBlame(await git(folder, args).catch(() => Buffer.alloc(0)));
  const all = fileLines <= MOST_LINES ? [...lines.values()].flatMap((line) => line?.at ?? []) : null;
  return new Map(
    comments.flatMap(({ line }): [number, Origin][] => {
      const own = lines.get(line);
      if (!own) return [];
      const around = [];
      for (let at = line - AROUND; at <= line + AROUND; at++) {
        const other = lines.get(at);
        if (other && at !== line) around.push({ commit: other.commit, at: other.at });
      }
      return [[line, { commit: own.commit, author: own.email.toLowerCase(), at: own.at, around, all }]];
    }),
  );
}

/** Lines of each file that has comments. */
export async function readLineCounts(
  folder: string,
  commit: string,
  paths: readonly string[],
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let i = 0; i < paths.length; i += 500) {
    const some = paths.slice(i, i + 500).map((path) => `:(literal)${path}`);
    const output = await git(
      folder,
      ['grep', '-c', '-z', '--full-name', '-e', '', commit, '--', ...some],
      [0, 1, 128],
    );
    for (const row of output.toString('utf8').split('\n')) {
      const [where = '', count] = row.split('\0');
      if (count) counts.set(where.slice(commit.length + 1), Number(count));
    }
  }
  return counts;
}
