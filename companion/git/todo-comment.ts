import { cleanText } from './text.ts';

export type TodoMarker = 'TODO' | 'FIXME' | 'HACK' | 'XXX';

/** What opens a comment, by the family of languages that an extension belongs to. */
const SLASHES = ['//', '/*', '*'];
const HASH = ['#'];
const MARKUP = ['<!--'];
const INTRODUCERS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  (
    [
      [
        SLASHES,
        'c h cc cpp cxx hh hpp m mm java kt kts scala groovy gradle js jsx mjs cjs ts tsx mts cts go rs swift cs dart zig proto css scss less styl sol jsonc json5 glsl wgsl hlsl',
      ],
      [[...SLASHES, ...HASH], 'php tf hcl nix'],
      [[...SLASHES, ...MARKUP, '{/*'], 'vue svelte astro'],
      [
        HASH,
        'py pyi rb sh bash zsh fish pl pm r jl ex exs yml yaml toml conf cfg mk cmake dockerfile makefile gemfile rakefile nim cr tcl awk ps1 coffee',
      ],
      [['--', '/*', '*'], 'sql'],
      [['--', '{-'], 'hs elm'],
      [['--'], 'lua ada adb ads vhd vhdl'],
      [[';'], 'lisp el clj cljs cljc scm rkt asm s ini'],
      [['%'], 'tex sty erl hrl prolog'],
      [['(*', '//'], 'ml mli fs fsi fsx'],
      [["'"], 'vb bas vbs'],
      [MARKUP, 'html htm xhtml xml xsl md markdown mdx'],
      [['..'], 'rst'],
      [['"'], 'vim'],
      [['!'], 'f90 f95 f03'],
    ] as const
  ).flatMap(([introducers, names]) => names.split(' ').map((name) => [name, introducers])),
);
/** For names that the table does not know: only what nothing but a comment begins with. */
const UNKNOWN = ['//', '/*', '#', '<!--'];

const MARKER = /(?<![\w"'`$./@-])@?(TODO|FIXME|HACK|XXX)(?![\w"'`]|[-./][\w])/g;
/** A line longer than this was written by a machine. */
const LONGEST_LINE = 500;

/**
 * The marker of a line that is a to-do comment, and its text from the marker on (at most 200 characters), or
 * null. It must stand in a comment that opens on this line, and either begin it or be followed by ":" or "(".
 * Pure.
 */
export function findTodo(path: string, line: string): { marker: TodoMarker; text: string } | null {
  if (line.length > LONGEST_LINE) return null;
  for (const match of line.matchAll(MARKER)) {
    const before = line.slice(0, match.index);
    const comment = commentBefore(before, introducersOf(path));
    if (comment === null) continue;
    const rest = line.slice(match.index + match[0].length);
    // Punctuation that people put between: "- TODO", "[TODO]", "*** FIXME".
    const begins = /^[\s\-*/#!;%[\]()<>~=_.:]*$/.test(comment);
    if (!begins && !/^\s?[:(]/.test(rest)) continue;
    const words = line.slice(match.index).trimEnd();
    const text = cleanText(words.replace(/(?:\*\/\}?|-->|\*\))$/, ''), 200);
    return { marker: match[1] as TodoMarker, text };
  }
  return null;
}

/** The text between the last comment opening and the end of `before`, or null where none is open. */
function commentBefore(before: string, introducers: readonly string[]): string | null {
  let found: string | null = null;
  for (const introducer of introducers) {
    for (let at = before.indexOf(introducer); at !== -1; at = before.indexOf(introducer, at + 1)) {
      if (!opensComment(before, at, introducer)) continue;
      const comment = before.slice(at + introducer.length);
      if (found === null || comment.length > found.length) found = comment;
      break;
    }
  }
  return found !== null && /\*\/|-->/.test(found) ? null : found;
}

function opensComment(line: string, at: number, introducer: string): boolean {
  const head = line.slice(0, at);
  // The inner lines of a block comment; anywhere else "*" multiplies and ".." ranges.
  if (introducer === '*' || introducer === '..' || introducer === '"') return head.trim() === '';
  // An address is no comment, "#" within a word is no comment, "--" may be a decrement.
  if (introducer === '//' && head.endsWith(':')) return false;
  if ((introducer === '#' || introducer === '%' || introducer === '!') && /[^\s;]$/.test(head)) return false;
  if (introducer === "'" && /\w$/.test(head)) return false;
  return !insideString(head);
}

/** An odd number of one quote before the place: a string is open there. An apostrophe after a letter is none. */
function insideString(head: string): boolean {
  const bare = head.replace(/\\./g, '').replace(/(?<=\w)'(?=\w)/g, '');
  return ['"', '`', "'"].some((quote) => bare.split(quote).length % 2 === 0);
}

function introducersOf(path: string): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  const dot = name.lastIndexOf('.');
  const key = dot > 0 ? name.slice(dot + 1) : name;
  return Object.hasOwn(INTRODUCERS, key) ? INTRODUCERS[key]! : UNKNOWN;
}
