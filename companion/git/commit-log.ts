import { fieldStream } from './nul-fields.ts';
import { toMilliseconds } from './revision.ts';
import { cleanText, decodePath } from './text.ts';

/** A commit as `git log` tells it; names as `.mailmap` maps them. Times in ms since the epoch. */
export interface Commit {
  readonly commit: string;
  readonly parents: readonly string[];
  readonly author: string;
  readonly email: string;
  readonly authoredAt: number;
  readonly committedAt: number;
  /** First paragraph of the message in one line, at most 500 characters. */
  readonly subject: string;
}

/** A file that a commit changed; the numbers only of a `--numstat` log, null there for binary files. */
export interface FileChange {
  /** Null where it is not UTF-8. */
  readonly path: string | null;
  readonly status: string;
  /** Object names of the new and the old content, zeros for none; empty in a `--numstat` log. */
  readonly blob: string;
  readonly previous: string;
  readonly insertions: number | null;
  readonly deletions: number | null;
}

/** For `git log -z`, alone or with `--raw --no-abbrev --no-renames`, or with `--numstat --no-renames`. */
export const LOG_FORMAT = '--format=c%H%x00%P%x00%aN%x00%aE%x00%at%x00%ct%x00%s%x00';
const HEADER_FIELDS = 7;

export interface LogReader {
  readonly push: (field: Buffer) => void;
  /** Ends the last commit. */
  readonly end: () => void;
}

/**
 * Reads fields of such a log. `onCommit` gets each commit once its files are complete. Of a commit with more
 * than `maxFiles` files it gets null: a bulk change says nothing about any one file. What `keep` asks for is
 * given apart, also from a bulk change. Pure, in constant memory.
 */
export function logReader(
  onCommit: (commit: Commit, files: FileChange[] | null, kept: readonly FileChange[]) => void,
  maxFiles = 1_000,
  keep: (path: string) => boolean = () => false,
): LogReader {
  let header: Buffer[] = [];
  let current: Commit | null = null;
  let files: FileChange[] = [];
  let kept: FileChange[] = [];
  let tooMany = false;
  let raw: Pick<FileChange, 'status' | 'blob' | 'previous'> | null = null;

  const end = (): void => {
    if (!current) return;
    onCommit(current, tooMany ? null : files, kept);
    current = null;
    files = [];
    kept = [];
    tooMany = false;
  };
  const add = (change: FileChange): void => {
    if (files.length < maxFiles) files.push(change);
    else tooMany = true;
    if (change.path !== null && keep(change.path)) kept.push(change);
  };

  const push = (field: Buffer): void => {
    if (raw) {
      add({ path: decodePath(field), ...raw, insertions: null, deletions: null });
      raw = null;
    } else if (header.length > 0) {
      header.push(field);
      if (header.length < HEADER_FIELDS) return;
      current = parseHeader(header);
      header = [];
    } else if (field.length > 0) {
      // A newline stands between the header and the files.
      const entry = field[0] === 0x0a ? field.subarray(1) : field;
      if (entry[0] === 0x63) {
        end();
        header.push(Buffer.from(entry));
      } else if (entry[0] === 0x3a) raw = parseRaw(entry.toString('latin1'));
      else add(parseNumstat(entry));
    }
  };
  return { push, end };
}

/** All commits of a whole log output. */
export function parseLog(output: Buffer): { commit: Commit; files: FileChange[] }[] {
  const all: { commit: Commit; files: FileChange[] }[] = [];
  const reader = logReader((commit, files) => all.push({ commit, files: files ?? [] }));
  const stream = fieldStream(reader.push);
  stream.push(output);
  stream.end();
  reader.end();
  return all;
}

function parseHeader(fields: readonly Buffer[]): Commit {
  const plain = (i: number): string => fields[i]!.toString('latin1');
  return {
    commit: plain(0).slice(1),
    parents: plain(1)
      .split(' ')
      .filter((name) => name !== ''),
    author: cleanText(fields[2]!, 200),
    email: cleanText(fields[3]!, 320),
    authoredAt: toMilliseconds(plain(4)),
    committedAt: toMilliseconds(plain(5)),
    subject: cleanText(fields[6]!),
  };
}

/** ":100644 100644 <old> <new> M" */
function parseRaw(text: string): Pick<FileChange, 'status' | 'blob' | 'previous'> {
  const parts = text.split(' ');
  return { status: parts[4]?.[0] ?? '', blob: parts[3] ?? '', previous: parts[2] ?? '' };
}

/** "12<TAB>3<TAB>path", "-<TAB>-<TAB>path" for a binary file. The path may hold tabs. */
export function parseNumstat(entry: Buffer): FileChange {
  const first = entry.indexOf(0x09);
  const second = entry.indexOf(0x09, first + 1);
  const count = (text: string): number | null => (text === '-' ? null : Number(text));
  return {
    path: decodePath(entry.subarray(second + 1)),
    status: '',
    blob: '',
    previous: '',
    insertions: count(entry.toString('latin1', 0, first)),
    deletions: count(entry.toString('latin1', first + 1, second)),
  };
}
