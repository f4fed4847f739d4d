import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { isDenied } from '../kernel/index.ts';
import { readFileAt } from './file-at.ts';
import { isForeign } from './foreign-paths.ts';
import { invoke } from './invoke.ts';
import { splitFields } from './nul-fields.ts';
import type { Rename } from './renames.ts';
import type { Repository } from './repository.ts';
import type { Revision } from './revision.ts';
import { similarity } from './similarity.ts';
import { decodePath } from './text.ts';

/** As git's own default: half of the text must be the same. */
const ENOUGH = 0.5;
const LARGEST = 256 * 1024;
const MOST_CANDIDATES = 200;
const MOST_LOST = 50;

/**
 * A file that was moved without `git add` is for git one deleted and one untracked file. Finds, for each of
 * `lost` (committed in `revision`, gone now), the untracked file that is most like it. A candidate serves once.
 */
export async function matchUntracked(
  repository: Repository,
  revision: Revision,
  lost: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Rename[]> {
  const { output } = await invoke(
    repository,
    ['ls-files', '-z', '--others', '--exclude-standard', '--full-name'],
    { signal },
  );
  const untracked = splitFields(output)
    .map(decodePath)
    .filter((file) => file !== null && !isDenied(file) && !isForeign(file)) as string[];
  if (untracked.length === 0) return [];
  const texts = new Map<string, string | null>();
  const pairs: Rename[] = [];
  for (const from of lost.slice(0, MOST_LOST)) {
    signal?.throwIfAborted();
    const old = await readFileAt(repository, revision, from, { signal, maxBytes: LARGEST });
    if (old.kind !== 'text') continue;
    for (const to of likeliest(from, untracked)) {
      if (!texts.has(to)) texts.set(to, await readText(path.join(repository.root, to)));
      const text = texts.get(to) ?? null;
      const score = text === null ? 0 : similarity(old.text, text);
      if (score >= ENOUGH) pairs.push({ from, to, similarity: score });
    }
  }
  return assign(pairs);
}

/** Candidates in the order in which people move files: same name, same extension, the rest. Pure. */
export function likeliest(from: string, untracked: readonly string[]): string[] {
  const rank = (file: string): number => {
    if (path.posix.basename(file) === path.posix.basename(from)) return 0;
    return path.posix.extname(file) === path.posix.extname(from) ? 1 : 2;
  };
  return [...untracked].sort((a, b) => rank(a) - rank(b)).slice(0, MOST_CANDIDATES);
}

/** The best pairs first, each file once; the same name decides between equals. Pure. */
export function assign(pairs: readonly Rename[]): Rename[] {
  const sameName = (pair: Rename): number =>
    Number(path.posix.basename(pair.from) === path.posix.basename(pair.to));
  const best = [...pairs].sort((a, b) => b.similarity - a.similarity || sameName(b) - sameName(a));
  const [from, to] = [new Set<string>(), new Set<string>()];
  return best.filter((pair) => {
    if (from.has(pair.from) || to.has(pair.to)) return false;
    from.add(pair.from);
    to.add(pair.to);
    return true;
  });
}

/** The text of a regular file of moderate size; null for anything else (links, pipes, binaries). */
async function readText(file: string): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(file, flags).catch(() => null);
  if (!handle) return null;
  try {
    const facts = await handle.stat();
    if (!facts.isFile() || facts.size > LARGEST) return null;
    const bytes = await handle.readFile();
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}
