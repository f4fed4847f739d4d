import path from 'node:path';
import { DENIED_NAMES, isDenied } from '../kernel/index.ts';
import { excludeNames } from './exclude-names.ts';
import { FOREIGN_NAMES, isForeign } from './foreign-paths.ts';
import { type GrepLine, grepReader } from './grep-parser.ts';
import { invoke } from './invoke.ts';
import { atLeast } from './program.ts';
import type { Repository } from './repository.ts';
import { type GitProgram, type RunLimits, runGit } from './run.ts';
import { decodeLossily, decodePath } from './text.ts';
import { findTodo, type TodoMarker } from './todo-comment.ts';

/** A to-do comment in a file of the work tree. `line` counts from 1. */
export interface Todo {
  readonly path: string;
  readonly line: number;
  readonly marker: TodoMarker;
  /** From the marker on, at most 200 characters. */
  readonly text: string;
}

export interface Todos {
  readonly items: readonly Todo[];
  /** Comments that were found, listed or not, up to where the search stopped. */
  readonly total: number;
  /** The search stopped at a limit before it had seen everything. */
  readonly truncated: boolean;
  /** Matches in files whose path is not UTF-8, left out. */
  readonly undecodable: number;
}

export interface TodosOptions extends Pick<RunLimits, 'signal' | 'timeoutMs'> {
  /** Comments in all; default 5,000. */
  readonly limit?: number;
  /** Comments of one file; default 50. */
  readonly perFile?: number;
}

const PATTERN = '(^|[^A-Za-z0-9_])(TODO|FIXME|HACK|XXX)([^A-Za-z0-9_]|$)';
const SEARCH = ['-n', '-I', '-z', '-E', '--no-color', '--no-textconv', '--full-name'];
/** Output of all matching lines, comments or not; a line is at most kept in part. */
const MOST_BYTES = 32 * 1024 * 1024;
const SKIPPED = excludeNames([...DENIED_NAMES, ...FOREIGN_NAMES]);

/** To-do comments in tracked files, as they are on disk. Denied and foreign paths are not opened. */
export async function readTodos(repository: Repository, options: TodosOptions = {}): Promise<Todos> {
  const collect = collector(options);
  const args = [
    'grep',
    ...SEARCH,
    ...perFile(repository.program, options),
    '-e',
    PATTERN,
    '--',
    ':/',
    ...SKIPPED,
  ] as const;
  const { stopped } = await invoke(repository, args, {
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    accept: [0, 1],
    onOutput: collect.push,
  });
  return collect.result(stopped);
}

/** The same in a folder that no repository holds; what a `.gitignore` names is left out. */
export async function readTodosOfFolder(
  program: GitProgram,
  folder: string,
  options: TodosOptions = {},
): Promise<Todos> {
  const collect = collector(options);
  const { stopped } = await runGit(program, {
    folder,
    environment: { GIT_CEILING_DIRECTORIES: path.dirname(folder) },
    args: [
      'grep',
      '--no-index',
      '--exclude-standard',
      ...SEARCH,
      ...perFile(program, options),
      '-e',
      PATTERN,
      '--',
      '.',
      ...SKIPPED,
    ],
    signal: options.signal,
    timeoutMs: options.timeoutMs,
    accept: [0, 1],
    onOutput: collect.push,
  });
  return collect.result(stopped);
}

/** Most lines with the word are comments, but not all: git may give some more than are kept. */
function perFile(program: GitProgram, options: TodosOptions): string[] {
  return atLeast(program, 2, 38) ? [`--max-count=${(options.perFile ?? 50) * 4}`] : [];
}

function collector(options: TodosOptions): {
  push: (chunk: Buffer) => 'stop' | undefined;
  result: (stopped: boolean) => Todos;
} {
  const { limit = 5_000, perFile = 50 } = options;
  const items: Todo[] = [];
  const counts = new Map<string, number>();
  let [total, bytes, undecodable] = [0, 0, 0];

  const onLine = (match: GrepLine): 'stop' | undefined => {
    const file = decodePath(match.path);
    if (file === null) {
      undecodable++;
      return undefined;
    }
    if (isDenied(file) || isForeign(file)) return undefined;
    const found = findTodo(file, decodeLossily(match.text));
    if (!found) return undefined;
    total++;
    const count = (counts.get(file) ?? 0) + 1;
    counts.set(file, count);
    if (count <= perFile) items.push({ path: file, line: match.line, ...found });
    return items.length >= limit ? 'stop' : undefined;
  };
  const read = grepReader(onLine);
  return {
    push(chunk) {
      bytes += chunk.length;
      return read(chunk) ?? (bytes > MOST_BYTES ? 'stop' : undefined);
    },
    result: (stopped) => ({ items, total, truncated: stopped, undecodable }),
  };
}
