/** A file of a unified or git patch. */
export interface FilePatch {
  /** Null: the file is new. */
  readonly from: string | null;
  /** Null: the file goes. */
  readonly to: string | null;
  readonly hunks: readonly Hunk[];
  /** As git has it: 100644, 100755, 120000, 160000; null where the patch says nothing. */
  readonly mode: string | null;
  readonly binary: boolean;
}
export interface Hunk {
  /** As the patch writes it, to name it: "@@ -1,4 +1,5 @@". */
  readonly header: string;
  /** 1-based line of the old file where it says that it begins. */
  readonly at: number;
  readonly lines: readonly HunkLine[];
}
export interface HunkLine {
  readonly kind: ' ' | '-' | '+';
  /** Without the line's end; `bare`: there is no newline after it, at the end of the file. */
  readonly text: string;
  readonly bare: boolean;
}

/** A text that is no patch. `line` counts from 1. */
export class PatchError extends Error {
  override readonly name = 'PatchError';
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** Reads unified diffs, as `diff -u`, `git diff` and `git format-patch` write them. Throws `PatchError`. Pure. */
export function parsePatch(text: string): FilePatch[] {
  const lines = text.replace(/^\ufeff/, '').split('\n');
  const files: FilePatch[] = [];
  for (let i = 0; i < lines.length; ) {
    const isGit = lines[i]!.startsWith('diff --git ');
    const isPlain = lines[i]!.startsWith('--- ') && lines[i + 1]?.startsWith('+++ ');
    if (lines[i]!.startsWith('@@ -') && HUNK.test(lines[i]!))
      throw new PatchError(i + 1, 'a hunk stands there without the file that it belongs to');
    if (!isGit && !isPlain) {
      i++;
      continue;
    }
    const [file, next] = readFile(lines, i, isGit);
    files.push(file);
    i = next;
  }
  if (files.length === 0) throw new PatchError(1, 'it holds no file header ("--- a/…" and "+++ b/…")');
  return files;
}

function readFile(lines: readonly string[], start: number, isGit: boolean): [FilePatch, number] {
  let [from, to]: [string | null, string | null] = isGit ? namesOfGit(lines[start]!) : [null, null];
  let mode: string | null = null;
  let binary = false;
  let i = isGit ? start + 1 : start;
  for (; isGit && i < lines.length && !/^(?:diff --git |@@ -|--- )/.test(lines[i]!); i++) {
    const header = lines[i]!.replace(/\r$/, '');
    const word = /^(?:rename|copy) (from|to) (.*)$/.exec(header);
    if (header.startsWith('copy '))
      throw new PatchError(i + 1, 'it copies a file, which cannot be applied here');
    if (word?.[1] === 'from') from = unquote(word[2]!);
    if (word?.[1] === 'to') to = unquote(word[2]!);
    if (/^new file mode /.test(header)) from = null;
    if (/^deleted file mode /.test(header)) to = null;
    mode = /^(?:new mode|new file mode|deleted file mode) (\d{6})$/.exec(header)?.[1] ?? mode;
    if (header.startsWith('GIT binary patch') || /^Binary files .* differ$/.test(header)) binary = true;
  }
  if (lines[i]?.startsWith('--- ') && lines[i + 1]?.startsWith('+++ ')) {
    from = sideOf(lines[i]!.slice(4), isGit);
    to = sideOf(lines[i + 1]!.slice(4), isGit);
    i += 2;
  }
  const hunks: Hunk[] = [];
  while (i < lines.length && HUNK.test(lines[i]!)) {
    const [hunk, next] = readHunk(lines, i);
    hunks.push(hunk);
    i = next;
  }
  if (from === null && to === null) throw new PatchError(start + 1, 'it names no file on either side');
  return [{ from, to, hunks, mode, binary }, i];
}

function readHunk(lines: readonly string[], start: number): [Hunk, number] {
  const header = lines[start]!;
  const [, at, before = '1', , after = '1'] = HUNK.exec(header)!;
  let [old, fresh] = [Number(before), Number(after)];
  const read: HunkLine[] = [];
  let i = start + 1;
  for (; old > 0 || fresh > 0; i++) {
    const line = lines[i];
    if (line === undefined) throw new PatchError(i, `the hunk ${header} ends too early`);
    // Some editors strip the blank of an empty context line.
    const kind = line === '' || line === '\r' ? ' ' : line[0]!;
    if (line.startsWith('\\')) {
      bareLast(read);
      continue;
    }
    if (kind !== ' ' && kind !== '-' && kind !== '+')
      throw new PatchError(
        i + 1,
        `expected a line of the hunk ${header.slice(0, 60)}, received "${line.slice(0, 40)}"`,
      );
    read.push({ kind, text: line === '' ? '' : line === '\r' ? '\r' : line.slice(1), bare: false });
    if (kind !== '+') old--;
    if (kind !== '-') fresh--;
  }
  if (old < 0 || fresh < 0) throw new PatchError(i, `the hunk ${header} has more lines than it says`);
  if (lines[i]?.startsWith('\\')) {
    bareLast(read);
    i++;
  }
  return [{ header: /^@@ .*? @@/.exec(header)![0], at: Number(at), lines: read }, i];
}

function bareLast(read: HunkLine[]): void {
  const last = read.at(-1);
  if (last) read[read.length - 1] = { ...last, bare: true };
}

/** `diff --git a/x b/x`: both names are the same unless headers below say otherwise. */
function namesOfGit(line: string): [string | null, string | null] {
  const rest = line.slice('diff --git '.length).replace(/\r$/, '');
  const quoted = /^("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")$/.exec(rest);
  if (quoted) return [strip(unquote(quoted[1]!)), strip(unquote(quoted[2]!))];
  const half = (rest.length - 1) / 2;
  const [a, b] = [rest.slice(0, half), rest.slice(half + 1)];
  return strip(a) === strip(b) ? [strip(a), strip(b)] : [null, null];
}

/** A side of `---`/`+++`: without the time that `diff -u` writes behind a tab. */
function sideOf(text: string, isGit: boolean): string | null {
  const name = unquote(text.replace(/\r$/, '').replace(/\t.*$/, ''));
  if (name === '/dev/null') return null;
  return isGit || /^[ab]\//.test(name) ? strip(name) : name;
}

const strip = (name: string): string => name.replace(/^[abciwo]\//, '');

/** git puts odd names in quotes, with octal escapes of their UTF-8 bytes. */
function unquote(name: string): string {
  if (!/^".*"$/.test(name)) return name;
  const named: Readonly<Record<string, number>> = {
    n: 10,
    t: 9,
    r: 13,
    a: 7,
    b: 8,
    v: 11,
    f: 12,
    '"': 34,
    '\\': 92,
  };
  const bytes: number[] = [];
  for (const match of name.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/gs)) {
    if (match[1] !== undefined) bytes.push(Number.parseInt(match[1], 8));
    else if (match[2] !== undefined) bytes.push(named[match[2]] ?? match[2].charCodeAt(0));
    else bytes.push(...Buffer.from(match[3]!));
  }
  return Buffer.from(bytes).toString('utf8');
}
