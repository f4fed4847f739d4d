import { findTodo, isForeign } from '../../../../companion/git/index.ts';
import { isDenied } from '../../../../companion/kernel/index.ts';
import { git } from './git-plumbing.ts';

/** A to-do comment of a snapshot. `line` counts from 1. */
export interface Comment {
  readonly path: string;
  readonly line: number;
  readonly marker: 'TODO' | 'FIXME';
  /** From the marker on. */
  readonly text: string;
  /** Its letters and digits without marker and owner: what it is recognised by. */
  readonly key: string;
}

const PATTERN = '(^|[^A-Za-z0-9_])(TODO|FIXME)([^A-Za-z0-9_]|$)';

/** Found as the product finds them: the same comments, the same files left out. */
export async function readComments(folder: string, commit: string): Promise<Comment[]> {
  const args = ['grep', '-n', '-I', '-z', '-E', '--no-color', '--full-name', '-e', PATTERN, commit, '--'];
  const output = (await git(folder, args, [0, 1, 128])).toString('utf8');
  return parseComments(output, commit);
}

/** Rows of `git grep -n -z COMMIT`: "COMMIT:path" NUL line NUL text. Pure. */
export function parseComments(output: string, commit: string): Comment[] {
  return output.split('\n').flatMap((row): Comment[] => {
    const [where = '', line = '', ...rest] = row.split('\0');
    const path = where.slice(commit.length + 1);
    const text = rest.join('\0');
    if (!path || path.includes('\uFFFD') || isDenied(path) || isForeign(path)) return [];
    const found = findTodo(path, text);
    if (!found || (found.marker !== 'TODO' && found.marker !== 'FIXME')) return [];
    return [{ path, line: Number(line), marker: found.marker, text: found.text, key: keyOf(found.text) }];
  });
}

/** Pure. */
export function keyOf(text: string): string {
  const bare = text.replace(/^(TODO|FIXME)\s*(\([^)]*\)|\[[^\]]*\])?/, '');
  return bare
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
