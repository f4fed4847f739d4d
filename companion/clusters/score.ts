import type { Neighbour } from './nearest.ts';
import type { Tuning } from './tuning.ts';

/** Which theme a row has, if any, and for how many subjects it stands. */
export interface Standing {
  readonly theme: string;
  readonly voices: number;
}

/**
 * How strongly a subject's nearest neighbours speak for each theme: the mean kinship of the three nearest that belong
 * to it; one that is missing among them speaks with 0, and a centroid for as many as it stands for. Pure.
 */
export function bonds(
  neighbours: readonly Neighbour[],
  standing: (row: number) => Standing | null,
  { voices }: Tuning,
): Map<string, number> {
  const heard = new Map<string, number>();
  const sums = new Map<string, number>();
  for (const { row, kinship } of neighbours) {
    const found = standing(row);
    if (!found) continue;
    const before = heard.get(found.theme) ?? 0;
    const more = Math.min(found.voices, voices - before);
    if (more <= 0) continue;
    heard.set(found.theme, before + more);
    sums.set(found.theme, (sums.get(found.theme) ?? 0) + (more * Math.max(0, kinship)) / voices);
  }
  return sums;
}

/** The bond that a member of a theme usually has; one of few members is believed to be as usual elsewhere (1). Pure. */
export function usualBond(members: readonly number[], { smallest }: Tuning): number {
  const sum = members.reduce((all, bond) => all + bond, 0);
  return (sum + smallest) / (members.length + smallest);
}

/** What a subject's nearest neighbours would say if all of them spoke for one theme. Pure. */
export function ownBond(neighbours: readonly Neighbour[], { voices }: Tuning): number {
  const sum = neighbours.slice(0, voices).reduce((all, { kinship }) => all + Math.max(0, kinship), 0);
  return sum / voices;
}

/**
 * What a theme scores for a subject: its bond, relative to what the members usually have and to what the subject has with
 * its nearest of all, by the geometric mean of both. So a theme of close members is strict, while a short note, which is
 * like nothing very much, may belong where all its nearest do. Pure.
 */
export function relativeBond(bond: number, usual: number, own: number): number {
  return bond === 0 ? 0 : bond / Math.sqrt(usual * own);
}
