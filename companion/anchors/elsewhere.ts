import {
  CANDIDATE_FILES,
  ELSEWHERE_FIT,
  ELSEWHERE_HOME_LEAD,
  ELSEWHERE_LEAD,
  ONLY_FIT,
} from './anchor-config.ts';
import { type FileIndex, indexFile } from './file-index.ts';
import type { FileSource, OpenFiles } from './file-source.ts';
import type { LineAnchor } from './line-anchor.ts';
import { type Sight, sight } from './sight.ts';
import { Surroundings } from './surroundings.ts';

/** An anchor found in a file. */
export interface Sighting extends Sight {
  readonly file: string;
  readonly index: FileIndex;
}

/**
 * The anchor's line in one of the candidate files, to which its surroundings moved with it; null when it is in
 * none of them, or in two.
 */
export async function findElsewhere(
  anchor: LineAnchor,
  homes: readonly string[],
  source: FileSource,
  files: OpenFiles,
): Promise<Sighting | null> {
  if (anchor.lost && source.readBefore === undefined) return null;
  const leftAtHome = await vacancyAt(anchor, homes, files);
  let best: Sighting | null = null;
  let second = 0;
  const candidates = (await source.candidates(anchor)).slice(0, CANDIDATE_FILES);
  for (const file of new Set(candidates)) {
    const index = homes.includes(file) ? null : await files.open(file);
    const seen = index && sight(anchor, index);
    if (index === null || seen === null) continue;
    const sighting = { ...seen, file, index };
    if (!(await hasMoved(anchor, sighting, leftAtHome, source))) continue;
    if (best === null || seen.fit > best.fit) {
      second = best?.fit ?? 0;
      best = sighting;
    } else second = Math.max(second, seen.fit);
  }
  return best !== null && best.fit - second >= ELSEWHERE_LEAD ? best : null;
}

/** How well the surroundings that stayed at home still fit together, 0 to 1. */
async function vacancyAt(anchor: LineAnchor, homes: readonly string[], files: OpenFiles): Promise<number> {
  for (const home of homes) {
    const index = await files.open(home);
    if (index !== null) return new Surroundings(anchor, index).vacancy();
  }
  return 0;
}

async function hasMoved(
  anchor: LineAnchor,
  seen: Sighting,
  leftAtHome: number,
  source: FileSource,
): Promise<boolean> {
  const text = await source.readBefore?.(seen.file);
  if (text && !hasArrived(seen, indexFile(text))) return false;
  if (seen.only && !anchor.lost && seen.fit >= ONLY_FIT && source.readBefore !== undefined) return true;
  const least = seen.exact ? ELSEWHERE_FIT.same : ELSEWHERE_FIT.edited;
  return seen.fit >= least && seen.fit - leftAtHome >= ELSEWHERE_HOME_LEAD;
}

/** Whether more lines say there what the found line says than did before. */
function hasArrived({ index, line }: Sighting, before: FileIndex): boolean {
  const number = index.keys[line - 1]!;
  const past = before.hashNumber.get(index.hashes[number]!);
  return index.places[number]!.length > (past === undefined ? 0 : before.places[past]!.length);
}
