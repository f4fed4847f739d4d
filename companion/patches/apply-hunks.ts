import { count } from '../kernel/index.ts';
import type { FilePatch, Hunk, HunkLine } from './read-patch.ts';

/** A file after its hunks, and where these had to be looked for. */
export type Applied =
  | { readonly ok: true; readonly text: string; readonly notes: readonly string[] }
  | { readonly ok: false; readonly hunk: Hunk; readonly why: string };

/** Lines of context that may differ at each end of a hunk, as `patch` has it. */
const MOST_FUZZ = 2;

/** A text as lines, each with its end. Pure. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * Puts the hunks of one file into its text: where they say, else at the nearest place that reads as they do, else (told)
 * with up to `fuzz` lines of context (default 2) that differ at an end. Line ends are the file's own. A hunk that stands there already,
 * or fits nowhere, refuses all. Pure.
 */
export function applyHunks(text: string, { hunks }: Pick<FilePatch, 'hunks'>, fuzz = MOST_FUZZ): Applied {
  const lines = linesOf(text);
  const end = endOf(lines);
  const result: string[] = [];
  const notes: string[] = [];
  let done = 0;
  let shift = 0;
  for (const hunk of hunks) {
    // A hunk that takes nothing stands behind the line that it names.
    const old = hunk.lines.filter(({ kind }) => kind !== '+');
    const said = Math.max(0, old.length === 0 ? hunk.at : hunk.at - 1);
    const place = find(lines, hunk, said + shift, { from: done, most: fuzz });
    if (!place) return { ok: false, hunk, why: whyNot(lines, hunk, done) };
    const { at, trimmed } = place;
    if (at !== said)
      notes.push(
        `${hunk.header} was found ${Math.abs(at - said)} lines ${at > said ? 'further down' : 'higher up'}`,
      );
    if (place.fuzz > 0)
      notes.push(`${hunk.header} fits with ${count(place.fuzz, 'line')} of context that differ`);
    shift = at - said;
    result.push(...lines.slice(done, at + trimmed.head));
    let from = at + trimmed.head;
    for (const line of trimmed.lines) {
      if (line.kind === ' ') result.push(lines[from++]!);
      else if (line.kind === '-') from++;
      else result.push(ended(line, end));
    }
    done = from;
  }
  result.push(...lines.slice(done));
  return { ok: true, text: joined(result, end ?? '\n'), notes };
}

interface Place {
  readonly at: number;
  readonly fuzz: number;
  readonly trimmed: { readonly head: number; readonly lines: readonly HunkLine[] };
}

function find(
  lines: readonly string[],
  hunk: Hunk,
  near: number,
  { from, most }: { from: number; most: number },
): Place | null {
  for (let fuzz = 0; fuzz <= most; fuzz++) {
    const trimmed = trim(hunk.lines, fuzz);
    if (!trimmed || (fuzz > 0 && !trimmed.lines.some(({ kind }) => kind === ' '))) continue;
    const old = trimmed.lines.filter(({ kind }) => kind !== '+');
    const last = lines.length - trimmed.head - old.length;
    // Without context there is nothing to look for: only the place that it names.
    if (old.length === 0) return near >= from && near <= lines.length ? { at: near, fuzz, trimmed } : null;
    for (let off = 0; off <= Math.max(near - from, last - near); off++)
      for (const at of off === 0 ? [near] : [near - off, near + off])
        if (at + trimmed.head >= from && at <= last && at >= 0 && matches(lines, at + trimmed.head, old))
          return { at, fuzz, trimmed };
  }
  return null;
}

/** The hunk without up to so many lines of context at each end; null where it has no such lines. */
function trim(lines: readonly HunkLine[], fuzz: number): Place['trimmed'] | null {
  if (fuzz === 0) return { head: 0, lines };
  const first = lines.findIndex(({ kind }) => kind !== ' ');
  const last = lines.findLastIndex(({ kind }) => kind !== ' ');
  const head = Math.min(fuzz, first);
  const tail = Math.min(fuzz, lines.length - 1 - last);
  return head + tail === 0 ? null : { head, lines: lines.slice(head, lines.length - tail) };
}

function matches(lines: readonly string[], at: number, old: readonly HunkLine[]): boolean {
  return old.every(({ text }, i) => {
    const line = lines[at + i];
    return line !== undefined && bareOf(line) === text.replace(/\r$/, '');
  });
}

const bareOf = (line: string): string => line.replace(/\r?\n$/, '').replace(/\r$/, '');

/** What most lines end with; null where none has an end. */
function endOf(lines: readonly string[]): string | null {
  const ends = lines.filter((line) => line.endsWith('\n'));
  if (ends.length === 0) return null;
  return ends.filter((line) => line.endsWith('\r\n')).length * 2 > ends.length ? '\r\n' : '\n';
}

function ended({ text, bare }: HunkLine, end: string | null): string {
  if (end === null) return bare ? text : `${text}\n`;
  const words = text.replace(/\r$/, '');
  return bare ? words : `${words}${end}`;
}

/** Only the last line may lack its end. */
function joined(lines: readonly string[], end: string): string {
  return lines
    .map((line, i) => (i < lines.length - 1 && !line.endsWith('\n') ? `${line}${end}` : line))
    .join('');
}

function whyNot(lines: readonly string[], hunk: Hunk, from: number): string {
  const fresh = hunk.lines.filter(({ kind }) => kind !== '-');
  const isThere = hunk.lines.some(({ kind }) => kind === '+') && fresh.length > 0;
  if (isThere)
    for (let at = 0; at + fresh.length <= lines.length; at++)
      if (matches(lines, at, fresh)) return `it stands in the file already, at line ${at + 1}`;
  const first = hunk.lines.find(({ kind }) => kind !== '+');
  const expected = first ? ` (it expects "${first.text.trim().slice(0, 60)}")` : '';
  return from > 0
    ? `nothing after the hunk before it reads as it expects${expected}`
    : `nothing in the file reads as it expects${expected}`;
}
