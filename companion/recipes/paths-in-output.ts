import { notInside } from './in-folder.ts';
import { below } from './project.ts';

/** Where a program ran. */
export interface Where {
  /** Absolute folders that stand for the root: a program may have run in a copy. */
  readonly roots: readonly string[];
  /** Below the root; '' for the root itself. */
  readonly folder: string;
}

/** A path as a program wrote it, as one from the root: null where it lies elsewhere. Pure. */
export function relativeTo(path: string, { roots, folder }: Where): string | null {
  const clean = slashed(path);
  for (const root of roots) {
    const top = root.replaceAll('\\', '/').replace(/\/$/, '');
    if (clean.startsWith(`${top}/`)) return inside(clean.slice(top.length + 1));
  }
  return isAbsolute(clean) ? null : inside(below(folder, clean.replace(/^(?:\.\/)+/, '')));
}

/**
 * Folders that must stand for the root, by files that are known to lie below it and are named in full: a program writes
 * `/copy/of/it/src/a.ts` where `src/a.ts` was changed. Pure.
 */
export function rootsIn(output: string, files: readonly string[]): string[] {
  const text = slashed(output);
  const roots = new Set<string>();
  for (const file of files.slice(0, MOST_LOOKED_FOR)) {
    const at = text.indexOf(`/${file}`);
    const start = at < 0 ? -1 : Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('=', at)) + 1;
    const root = at < 0 ? '' : text.slice(start, at).replace(/^.*file:\/\//, '');
    if (isAbsolute(`${root}/`) && root.length > 1 && root.length < 4096) roots.add(root);
  }
  return [...roots];
}
const MOST_LOOKED_FOR = 50;

export function slashed(path: string): string {
  return path
    .trim()
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/');
}

export function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:\/)/.test(path);
}

function inside(path: string): string | null {
  return notInside(path) === null ? path : null;
}
