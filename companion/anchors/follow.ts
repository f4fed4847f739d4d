import { CANDIDATE_FILES, ELSEWHERE_FIT, ELSEWHERE_LEAD, LEAST_ONLY } from './anchor-config.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import { anchorAt, type LineAnchor } from './line-anchor.ts';
import { keyOf } from './line-text.ts';
import { type Located, locate } from './locate.ts';
import { Surroundings } from './surroundings.ts';

/** Where `follow` reads. Paths are relative to the workspace, forward slashes. */
export interface FileSource {
  /** The text, or null when the file is missing, too large or not text. */
  read(path: string): Promise<string | null>;
  /** Where the file was moved to, as far as git can tell. */
  renamedTo(path: string): Promise<string | null>;
  /** Files, created or changed lately, that may hold the anchor's text now; likeliest first. */
  candidates(anchor: LineAnchor): Promise<readonly string[]>;
  /** What a file said when the anchors were last followed; null when it did not exist or nobody knows. */
  readBefore?(path: string): Promise<string | null>;
}

export type Outcome = 'kept' | 'moved' | 'renamed' | 'edited' | 'lost' | 'found';

export interface Followed {
  readonly anchor: LineAnchor;
  readonly outcome: Outcome;
}

interface Sighting {
  readonly file: string;
  readonly index: FileIndex;
  readonly located: Located;
}

export async function follow(anchors: readonly LineAnchor[], source: FileSource): Promise<Followed[]> {
  const files = new Map<string, Promise<FileIndex | null>>();
  const open = (path: string) => {
    let file = files.get(path);
    if (file === undefined) {
      file = source.read(path).then((text) => (text === null ? null : indexFile(text)));
      files.set(path, file);
    }
    return file;
  };
  const followed: Followed[] = [];
  for (const anchor of anchors) followed.push(settle(anchor, await sight(anchor, source, open)));
  return followed;
}

async function sight(
  anchor: LineAnchor,
  source: FileSource,
  open: (path: string) => Promise<FileIndex | null>,
): Promise<Sighting | null> {
  const look = async (file: string): Promise<Sighting | null> => {
    const index = await open(file);
    const located = index && locate(anchor, index);
    return located ? { file, index, located } : null;
  };
  const here = await look(anchor.file);
  if (here !== null) return here;
  const renamed = await source.renamedTo(anchor.file);
  const there = renamed === null ? null : await look(renamed);
  if (there !== null) return there;
  if (anchor.lost && source.readBefore === undefined) return null;
  const home = await open(renamed ?? anchor.file);
  const closed = home === null ? 0 : new Surroundings(anchor, home).vacancy();
  const others = (await source.candidates(anchor)).filter((file) => file !== anchor.file && file !== renamed);
  let best: Sighting | null = null;
  let second = 0;
  for (const file of new Set(others.slice(0, CANDIDATE_FILES))) {
    const seen = await look(file);
    if (seen === null || !seen.located.exact || !(await arrived(anchor, seen, closed, source))) continue;
    if (best === null || seen.located.fit > best.located.fit) {
      second = best?.located.fit ?? 0;
      best = seen;
    } else second = Math.max(second, seen.located.fit);
  }
  return best === null || best.located.fit - second < 0.05 ? null : best;
}

async function arrived(
  anchor: LineAnchor,
  { file, index, located }: Sighting,
  closed: number,
  source: FileSource,
): Promise<boolean> {
  const key = keyOf(anchor.text);
  const text = (await source.readBefore?.(file)) ?? null;
  const before = text === null ? null : indexFile(text);
  const count = (at: FileIndex | null) => at?.places[at.keyNumber.get(key) ?? -1]?.length ?? 0;
  if (before !== null && count(before) >= count(index)) return false;
  if (located.only && located.fit >= LEAST_ONLY && source.readBefore !== undefined) return true;
  return located.fit >= ELSEWHERE_FIT && located.fit - closed >= ELSEWHERE_LEAD;
}

function settle(anchor: LineAnchor, seen: Sighting | null): Followed {
  if (seen === null) return { anchor: { ...anchor, lost: true }, outcome: 'lost' };
  const { file, index, located } = seen;
  const next = anchorAt(index, located.line, file, anchor.origin);
  if (anchor.lost) return { anchor: next, outcome: 'found' };
  if (file !== anchor.file) return { anchor: next, outcome: 'renamed' };
  if (!located.exact) return { anchor: next, outcome: 'edited' };
  return { anchor: next, outcome: located.line === anchor.line ? 'kept' : 'moved' };
}
