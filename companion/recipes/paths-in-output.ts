import { notInside } from './in-folder.ts';

/**
 * A path as a program wrote it, as one of the folder: null where it lies elsewhere. A program names files by the folder
 * that it ran in, which may be a copy (`roots`: all folders that stand for the root). Pure.
 */
export function relativeTo(path: string, roots: readonly string[]): string | null {
  const clean = path
    .trim()
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/');
  for (const root of roots) {
    const top = root.replaceAll('\\', '/').replace(/\/$/, '');
    if (clean.startsWith(`${top}/`)) return inside(clean.slice(top.length + 1));
  }
  return inside(clean.replace(/^(?:\.\/)+/, ''));
}

function inside(path: string): string | null {
  return notInside(path) === null ? path : null;
}
