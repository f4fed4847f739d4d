/** A place in a text, lines and characters from 0. */
export interface Mention {
  readonly line: number;
  readonly character: number;
}

const INDEX = /^index\.[^.]+$/;

/** By which last part of a path a file is named where it is imported: "src/util/index.ts" also as "util". Pure. */
export function namesOf(file: string): readonly string[] {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  const stem = name.replace(/(?<=.)\.[^.]+$/, '');
  const folder = INDEX.test(name) ? parts.at(-2) : undefined;
  return [...new Set([name, stem, ...(folder ? [folder] : [])])].filter((one) => one !== '');
}

/**
 * Where a text may name a file by a path: its name, or its name without the ending, as the last part of something in
 * quotes or in the parentheses of a link. The editor's provider says which of them are meant. At most `limit`. Pure.
 */
export function mentions(text: string, names: readonly string[], limit: number): Mention[] {
  const found: Mention[] = [];
  const path = /(["'`(])([^"'`()\s]+)(?=["'`)#?])/g;
  for (const [line, content] of text.split(/\r\n|\n|\r/).entries()) {
    for (const { index, 2: inner } of content.matchAll(path)) {
      if (found.length >= limit) return found;
      const last = (inner ?? '').slice((inner ?? '').lastIndexOf('/') + 1);
      const stem = last.replace(/\.[^.]+$/, '');
      // A file may be imported by the name that it has after it is compiled: "./clock.js" for clock.ts.
      if (!names.includes(last) && !names.includes(stem)) continue;
      found.push({ line, character: index + 1 + (inner ?? '').length - last.length });
    }
  }
  return found;
}

/** The name that stands at a place of a line (from 0), or ends there; null between names. Pure. */
export function nameAt(line: string, character: number): string | null {
  for (const { index, 0: name } of line.matchAll(/[\p{L}\p{N}_$]+/gu))
    if (index <= character && character <= index + name.length) return name;
  return null;
}

/** Whether a text refers to files beside it: such a file cannot go to another folder without an edit of itself. Pure. */
export function refersBeside(text: string): boolean {
  return /(?:from\s*|import\s*\(?\s*|require\s*\(\s*|\]\(|#include\s*)["']?\.{1,2}\//.test(text);
}

/** The way from one folder to a file, both relative to the same root, forward slashes. Pure. */
export function wayTo(folder: string, file: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = file.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}

export function folderOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '';
}
