import { isDenied } from '../kernel/index.ts';
import { badOption, notAllowed } from './refusals.ts';

/**
 * A path that somebody gave, as one inside of the folder `root`: forward slashes, no `.` parts. Throws `forbidden` on
 * one that leads out, is absolute or denied, `bad_input` on what is no path. Whether it leads out through a link is
 * looked at again where it is used (`scoped-files`).
 */
export function inFolder(option: string, given: string, root: string): string {
  const reason = notInside(given);
  if (reason !== null) {
    const words = `"${given}" ${reason}. Give a path inside of the folder, as src/a.ts.`;
    throw asksForMore(given, root) ? notAllowed(option, words) : badOption(option, words);
  }
  return given
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/**
 * Whether a path that is none that a run may touch asks for something that no run may have; otherwise it is a mistake,
 * such as the whole place of a file that is in the folder. Pure.
 */
export function asksForMore(given: string, root: string): boolean {
  const plain = given.replaceAll('\\', '/');
  const base = root.replaceAll('\\', '/');
  const inside = plain.startsWith(`${base}/`) ? plain.slice(base.length + 1) : plain;
  if (/^(?:\/|~|[A-Za-z]:)/.test(inside)) return true;
  let depth = 0;
  for (const part of inside.split('/')) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return isDenied(inside);
}

/** Why a path is none that a run may touch; null where it is one. Pure. */
export function notInside(given: string): string | null {
  if (given.includes('\0')) return 'holds a NUL byte';
  if (given.trim() === '') return 'is empty';
  if (given.length > 4096) return 'is too long';
  if (/^(?:\/|~|[A-Za-z]:)/.test(given)) return 'is not relative to the folder';
  if (given.includes('\\')) return 'holds a backslash';
  const parts = given.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) return 'leads out of the folder';
  if (parts.length === 0) return 'is the folder itself';
  if (isDenied(given)) return 'is one that is never touched (secrets, .git)';
  return null;
}

/** A number of a line as somebody wrote it. Throws `bad_input`. */
export function lineNumber(option: string, given: string): number {
  const n = Number(given);
  if (!/^\d{1,8}$/.test(given.trim()) || n < 1)
    throw badOption(option, `"${given}" is no line. Give a number from 1 on.`);
  return n;
}

/** An option that must be there. Throws `bad_input`. */
export function needed(options: Readonly<Record<string, string>>, option: string, what: string): string {
  const value = options[option]?.trim() ?? '';
  if (value === '') throw badOption(option, `missing. ${what}`);
  return value;
}

/** Refuses options that a recipe does not have, which are most likely misspelt. Throws `bad_input`. */
export function onlyKnown(
  options: Readonly<Record<string, string>>,
  known: readonly { readonly name: string }[],
): void {
  for (const name of Object.keys(options))
    if (!known.some((each) => each.name === name))
      throw badOption(
        name,
        `there is no such option. It can be: ${known.map((each) => each.name).join(', ') || 'none'}.`,
      );
}
