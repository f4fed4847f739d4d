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
