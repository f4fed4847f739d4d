import type { Random } from '../kernel/index.ts';
import { merge } from './centroid.ts';
import { communities, type Edge } from './communities.ts';
import { inherit } from './inherit.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { Roster } from './roster.ts';
import type { Theme } from './theme.ts';
import type { Tuning } from './tuning.ts';

export interface RefitParts {
  readonly neighbourhood: Neighbourhood;
  readonly roster: Roster;
  readonly tuning: Tuning;
  readonly random: Random;
  newId(): string;
}

/**
 * Draws all themes anew. Groups come from the graph of nearest neighbours; each takes over the id of the theme that it
 * continues; and a subject changes its theme only where the rule of joining and leaving lets it.
 */
export function refit(parts: RefitParts): void {
  const { neighbourhood, roster, tuning, random } = parts;
  const rows = [...neighbourhood.rows()];
  const weight = (row: number) => roster.centroidOf(row)?.retired.size ?? 1;
  const size = (group: ReadonlySet<number>) => [...group].reduce((sum, row) => sum + weight(row), 0);
  const edges = rows.flatMap((row) => edgesOf(row, neighbourhood, tuning));
  const old = new Map([...roster.themes].map(([id, theme]) => [id, rowsOf(theme)]));
  const groups = communities(rows, edges, random, [...old.values()], tuning.pull).filter(
    (group) => size(group) >= tuning.smallest,
  );
  const ids = inherit(old, groups, weight).map((id) => id ?? parts.newId());
  const subjects = rows.filter((row) => !roster.centroidOf(row));
  const before = new Map(subjects.map((row) => [row, roster.themeOf(row)?.id ?? null]));
  regroup(roster, groups, ids);
  const decided = [...before].map(([row, id]) => {
    const proposed = roster.themeOf(row)?.id ?? null;
    return { row, proposed, id: decide(id, proposed, roster.scores(row), tuning) };
  });
  for (const { row, proposed, id } of decided) {
    if (id === null) roster.leave(row);
    else if (id !== proposed) roster.join(row, roster.themes.get(id)!);
  }
  for (const theme of [...roster.themes.values()]) {
    if (roster.isTheme(theme)) roster.measure(theme);
    else roster.close(theme);
  }
}

/** A subject stays where it fits; it goes elsewhere only where it fits better by what lies between join and leave. Pure. */
export function decide(
  before: string | null,
  proposed: string | null,
  scores: ReadonlyMap<string, number>,
  { join, leave }: Tuning,
): string | null {
  const score = (id: string | null) => (id === null ? 0 : (scores.get(id) ?? 0));
  const stays = score(before) >= leave ? before : null;
  if (proposed === null || proposed === before) return stays;
  if (stays !== null && score(proposed) - score(stays) < join - leave) return stays;
  return score(proposed) >= join ? proposed : stays;
}

function rowsOf(theme: Theme): Set<number> {
  const rows = new Set(theme.live.keys());
  return theme.centroidRow === null ? rows : rows.add(theme.centroidRow);
}

function edgesOf(from: number, neighbourhood: Neighbourhood, { edges }: Tuning): Edge[] {
  const nearest = neighbourhood.nearest(from).slice(0, edges);
  return nearest.flatMap(({ row: to, kinship }) => (kinship > 0 ? [{ from, to, weight: kinship }] : []));
}

/** Puts everybody where the groups say, as a proposal. */
function regroup(roster: Roster, groups: readonly ReadonlySet<number>[], ids: readonly string[]): void {
  const old = [...roster.themes.values()];
  const represented = new Map(old.map((theme) => [theme.centroidRow, theme]));
  for (const theme of old) roster.close(theme);
  for (const [i, group] of groups.entries()) {
    const theme = roster.open(ids[i]!);
    for (const row of group) {
      const retired = represented.get(row);
      if (retired) absorb(theme, retired);
      else roster.join(row, theme);
    }
  }
  for (const theme of old) {
    const heir = roster.themes.get(theme.id);
    if (heir) heir.name = theme.name;
    // Retired members without a centroid cannot be compared: they stay where they are.
    if (theme.retired.size > 0 && theme.centroid === null) absorb(heir ?? roster.open(theme.id), theme);
  }
  for (const theme of roster.themes.values()) roster.represent(theme);
  for (const theme of roster.themes.values()) roster.measure(theme);
}

function absorb(theme: Theme, other: Theme): void {
  for (const id of other.retired) theme.retired.add(id);
  theme.centroid = merge(theme.centroid, other.centroid);
}
