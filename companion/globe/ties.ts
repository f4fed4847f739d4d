import { count, fileName, listing } from '../kernel/index.ts';
import type { GlobeTie } from '../protocol/index.ts';

/** A loop as its ties see it. */
export interface Tied {
  readonly id: string;
  readonly parent: string | null;
  readonly workspace: string;
  readonly files: ReadonlySet<string>;
  readonly private: boolean;
}

export const MOST_TIES = 2000;
/** A file that more loops than this touch says nothing of any two of them. */
const MOST_SHARING = 24;

/**
 * What ties loops. A fork is as strong as a tie can be. Shared files count the more the fewer loops share them
 * (1 / log2 of how many do, summed, 1 at three files of their own); a file that very many share does not count. The
 * strongest first, at most 2,000. Pure.
 */
export function tiesOf(loops: readonly Tied[]): GlobeTie[] {
  const known = new Map(loops.map((loop) => [loop.id, loop]));
  const forks = loops.flatMap(({ id, parent }): GlobeTie[] =>
    parent !== null && known.has(parent)
      ? [{ from: parent, to: id, kind: 'fork', strength: 1, words: 'split from it' }]
      : [],
  );
  const shared = [...sharedFiles(loops).values()].map(({ from, to, weight, files }): GlobeTie => {
    const hidden = known.get(from)!.private || known.get(to)!.private;
    const names = files.map(fileName);
    const words = hidden
      ? count(files.length, 'file')
      : `${count(files.length, 'file')}: ${listing(names, 2)}`;
    return { from, to, kind: 'files', strength: Math.round(Math.min(1, weight / 3) * 1000) / 1000, words };
  });
  return [...forks, ...shared]
    .sort((a, b) => b.strength - a.strength || compare(a.from, b.from) || compare(a.to, b.to))
    .slice(0, MOST_TIES);
}

interface Shared {
  readonly from: string;
  readonly to: string;
  weight: number;
  readonly files: string[];
}

function sharedFiles(loops: readonly Tied[]): Map<string, Shared> {
  const byFile = new Map<string, { file: string; ids: string[] }>();
  for (const { id, workspace, files } of loops)
    for (const file of files) {
      const key = `${workspace}\0${file}`;
      const held = byFile.get(key);
      if (held) held.ids.push(id);
      else byFile.set(key, { file, ids: [id] });
    }
  const pairs = new Map<string, Shared>();
  for (const { file, ids } of byFile.values()) {
    if (ids.length < 2 || ids.length > MOST_SHARING) continue;
    ids.sort();
    const weight = 1 / Math.log2(ids.length);
    for (const [at, from] of ids.entries())
      for (const to of ids.slice(at + 1)) {
        const key = `${from} ${to}`;
        const pair = pairs.get(key) ?? { from, to, weight: 0, files: [] };
        pair.weight += weight;
        pair.files.push(file);
        pairs.set(key, pair);
      }
  }
  return pairs;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
