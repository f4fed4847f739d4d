import { statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runtime.mjs';

/** How a tier is dealt out to processes. */
export interface Parts {
  /** Processes at once, those of tiers beside it included. */
  readonly atOnce: number;
  readonly parts: number;
  /**
   * Files that take longest: each is a part of its own, and they come first. What they test others
   * test as well, so they are not counted in coverage, with which simulations take up to twice as long.
   */
  readonly long?: readonly string[];
}

/**
 * The files of each process. A process that has run a thousand tests is a gigabyte, of which every program that it
 * starts first copies the page tables: many short processes are faster than few long ones.
 */
export function dealtOut(
  files: readonly string[],
  { parts, long = [] }: Parts,
): { readonly files: readonly string[]; readonly counted: boolean }[] {
  const first = long.filter((file) => files.includes(file));
  const others = files.filter((file) => !first.includes(file));
  return [
    ...first.map((file) => ({ files: [file], counted: false })),
    ...partsOf(others, parts).map((files) => ({ files, counted: true })),
  ];
}

/** Files dealt out by size, the largest first, so that each part has about as much to do; parts keep their order. */
function partsOf(files: readonly string[], count: number): readonly (readonly string[])[] {
  const bySize = files
    .map((file) => ({ file, size: statSync(path.join(root, file)).size }))
    .sort((a, b) => b.size - a.size);
  const parts = Array.from({ length: Math.min(count, files.length) }, (_, part) =>
    bySize.filter((_, i) => i % count === part).map(({ file }) => file),
  );
  return parts.map((part) => part.sort());
}
