/** What a record gives to those around it in its session, as shares of what it has itself. */
export interface Gives {
  readonly shares: readonly (readonly [distance: number, share: number])[];
  /** What a question gives to the record right after it, besides. */
  readonly question: number;
}

interface Placed {
  readonly rowid: number;
  readonly session: string | null;
  readonly position: number | null;
  readonly asks: boolean;
}

/** Records by their place in their session. Pure. */
export function placesOf<T extends Placed>(records: readonly T[]): Map<string, T> {
  return new Map(records.map((record) => [placeOf(record, 0), record]));
}

/** What those around a record give to it. Pure. */
export function spread<T extends Placed>(
  record: T,
  places: ReadonlyMap<string, T>,
  value: (giver: T) => number,
  { shares, question }: Gives,
): number {
  if (record.session === null) return 0;
  let total = 0;
  for (const [distance, share] of shares) {
    const giver = places.get(placeOf(record, -distance));
    if (!giver) continue;
    total += share * value(giver);
    if (distance === 1 && giver.asks) total += question * value(giver);
  }
  return total;
}

function placeOf({ session, position, rowid }: Placed, distance: number): string {
  return session === null || position === null ? `row ${rowid}` : `${position + distance} ${session}`;
}
