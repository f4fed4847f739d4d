/** At least so much of two themes together must be in both, that one is the other's heir. */
const LEAST_OVERLAP = 0.5;

/**
 * Which new group inherits which old id: the one that it overlaps most, by Jaccard's index over subjects, from one half
 * on. Each id is inherited once and each group inherits one. `weight` says for how many subjects a member stands. Pure.
 */
export function inherit<Member>(
  old: ReadonlyMap<string, ReadonlySet<Member>>,
  groups: readonly ReadonlySet<Member>[],
  weight: (member: Member) => number = () => 1,
): (string | null)[] {
  const total = (members: Iterable<Member>) => [...members].reduce((sum, member) => sum + weight(member), 0);
  const claims = groups.flatMap((group, index) =>
    [...old].flatMap(([id, members]) => {
      const shared = total([...group].filter((member) => members.has(member)));
      if (shared === 0) return [];
      const overlap = shared / (total(group) + total(members) - shared);
      return overlap >= LEAST_OVERLAP ? [{ index, id, overlap }] : [];
    }),
  );
  claims.sort((a, b) => b.overlap - a.overlap || (a.id < b.id ? -1 : 1) || a.index - b.index);
  const heirs: (string | null)[] = groups.map(() => null);
  const taken = new Set<string>();
  for (const { index, id } of claims) {
    if (heirs[index] !== null || taken.has(id)) continue;
    heirs[index] = id;
    taken.add(id);
  }
  return heirs;
}
