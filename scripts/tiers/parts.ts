import { statSync } from 'node:fs';
import path from 'node:path';
import { root } from '../runtime.mjs';

/** Files dealt out by size, the largest first, so that each part has about as much to do; parts keep their order. */
export function partsOf(files: readonly string[], count: number): readonly (readonly string[])[] {
  const bySize = files
    .map((file) => ({ file, size: statSync(path.join(root, file)).size }))
    .sort((a, b) => b.size - a.size);
  const parts = Array.from({ length: Math.min(count, files.length) }, (_, part) =>
    bySize.filter((_, i) => i % count === part).map(({ file }) => file),
  );
  return parts.map((part) => part.sort());
}
