/** Where the user is in the app: a route, what it shows (an id), and its query. */
export interface Location {
  route: string;
  id: string | null;
  query: Readonly<Record<string, string>>;
}

export const HOME: Location = { route: 'brief', id: null, query: {} };

/** Reads `#/loops/loop_01h?status=all`. Null where it is no address of the app. */
export function parseLocation(hash: string): Location | null {
  const match = /^#?\/([a-z]+)(?:\/([0-9a-z_]+))?(?:\?(.*))?$/.exec(hash);
  if (!match?.[1]) return null;
  return {
    route: match[1],
    id: match[2] ?? null,
    query: Object.fromEntries(new URLSearchParams(match[3] ?? '')),
  };
}

export function formatLocation({ route, id, query }: Location): string {
  const search = new URLSearchParams(query).toString();
  return `#/${route}${id === null ? '' : `/${id}`}${search === '' ? '' : `?${search}`}`;
}

export function to(route: string, id: string | null = null, query: Record<string, string> = {}): Location {
  return { route, id, query };
}
