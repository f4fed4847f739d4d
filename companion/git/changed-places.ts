import { DENIED_NAMES, isDenied } from '../kernel/index.ts';
import { isGitError } from './errors.ts';
import { excludeNames } from './exclude-names.ts';
import { invoke } from './invoke.ts';
import { LARGEST, largeFiles } from './large-files.ts';
import { splitFields } from './nul-fields.ts';
import type { Repository } from './repository.ts';
import { checkRevision, emptyTree, type Revision } from './revision.ts';
import type { RunLimits } from './run.ts';
import { decodePath } from './text.ts';

/** Where a change begins: the first changed line of a file, as it is after the change. */
export interface ChangedPlace {
  readonly path: string;
  readonly line: number;
}

/** More than any reader shows; a change as large as that is read in part. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Each is an argument. */
const MOST_PATHS = 200;

const SHAPE = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
  '--no-renames',
  '--diff-filter=AM',
  '--src-prefix=a/',
  '--dst-prefix=b/',
];

/**
 * The first changed line of files that a commit changed (against its first parent), or, for 'work-tree', that
 * differ from HEAD; at most `limit`, in git's order. Deleted, binary and denied files are left out.
 * Throws `GitError`.
 */
export async function readChangedPlaces(
  repository: Repository,
  of: Revision | 'work-tree',
  options: Pick<RunLimits, 'signal'> & { readonly limit?: number } = {},
): Promise<ChangedPlace[]> {
  const { limit = 20, signal } = options;
  const read = async (...sides: string[]): Promise<ChangedPlace[]> => {
    const paths = of === 'work-tree' ? await readable(repository, sides, signal) : [':/'];
    if (paths.length === 0) return [];
    const chunks: Buffer[] = [];
    let bytes = 0;
    await invoke(
      repository,
      ['diff', '-U0', ...SHAPE, ...sides, '--', ...paths, ...excludeNames(DENIED_NAMES)],
      {
        signal,
        // Beyond this git takes a file for binary and does not read it.
        before: ['-c', `core.bigFileThreshold=${LARGEST}`],
        onOutput: (chunk) => {
          chunks.push(Buffer.from(chunk));
          bytes += chunk.length;
          return bytes > MOST_BYTES ? 'stop' : undefined;
        },
      },
    );
    return parsePlaces(Buffer.concat(chunks), limit);
  };
  const after = of === 'work-tree' ? [] : [checkRevision(of)];
  return read(of === 'work-tree' ? 'HEAD' : `${of}^`, ...after).catch((error: unknown) => {
    // The first commit has nothing before it.
    if (!isGitError(error, 'unknown-revision')) throw error;
    return read(emptyTree(repository), ...after);
  });
}

/** Changed files of the work tree, by name alone, without those that are too large to be compared. */
async function readable(
  repository: Repository,
  sides: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { output } = await invoke(repository, ['diff', '--name-only', '-z', ...SHAPE, ...sides, '--'], {
    signal,
  });
  const paths = splitFields(output)
    .map(decodePath)
    .filter((path) => path !== null)
    .slice(0, MOST_PATHS);
  const large = new Set(await largeFiles(repository, paths));
  return paths.filter((path) => !large.has(path)).map((path) => `:(top,literal)${path}`);
}

/** Reads `git diff -U0`. A header counts only before the first hunk, so that a changed line cannot pose as one. Pure. */
export function parsePlaces(output: Buffer, limit: number): ChangedPlace[] {
  const places: ChangedPlace[] = [];
  let path: string | null = null;
  let inHeader = false;
  for (let start = 0; start < output.length && places.length < limit; ) {
    const found = output.indexOf(0x0a, start);
    const end = found === -1 ? output.length : found;
    const row = output.subarray(start, end);
    start = end + 1;
    if (row.indexOf('diff --git ') === 0) {
      inHeader = true;
      path = null;
    } else if (inHeader && row.indexOf('+++ ') === 0) path = headerPath(row.subarray(4));
    else if (inHeader && row.indexOf('@@ ') === 0) {
      inHeader = false;
      const line = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(row.toString('latin1'));
      // A pure deletion tells the line before it, which is 0 at the top of the file.
      if (path !== null && line && !isDenied(path)) places.push({ path, line: Math.max(1, Number(line[1])) });
    }
  }
  return places;
}

/** `b/path`, ended by a TAB where it holds a space, or in C quotes where it holds what is unusual. */
function headerPath(bytes: Buffer): string | null {
  const isQuoted = bytes[0] === 0x22;
  const end = isQuoted ? bytes.lastIndexOf(0x22) + 1 : bytes.indexOf(0x09);
  const name = end === -1 ? bytes : bytes.subarray(0, end);
  const path = decodePath(isQuoted ? unquote(name) : name);
  return path?.startsWith('b/') ? path.slice(2) : null;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

function unquote(quoted: Buffer): Buffer {
  const inner = quoted.toString('latin1').replace(/^"|"$/g, '');
  const plain = inner.replace(/\\(?:([0-7]{3})|(.))/g, (_all, octal: string | undefined, letter: string) =>
    String.fromCharCode(
      octal === undefined ? (ESCAPES[letter] ?? letter.charCodeAt(0)) : Number.parseInt(octal, 8),
    ),
  );
  return Buffer.from(plain, 'latin1');
}
