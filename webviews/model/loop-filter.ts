import type { Loop, LoopSource, LoopStatus } from '../../companion/protocol/index.ts';

/** Which threads to look at. `now` is what is still open and due. */
export type Scope = 'now' | 'later' | 'closed' | 'all';
export type Order = 'nearest' | 'touched' | 'oldest' | 'priority' | 'title';

export interface LoopFilter {
  scope: Scope;
  source: LoopSource | 'any';
  order: Order;
  text: string;
  everywhere: boolean;
}

export const DEFAULT_FILTER: LoopFilter = {
  scope: 'now',
  source: 'any',
  order: 'nearest',
  text: '',
  everywhere: false,
};

export const SCOPES: Record<Scope, { label: string; statuses: readonly LoopStatus[] }> = {
  now: { label: 'Open', statuses: ['open', 'proposed', 'stale'] },
  later: { label: 'Later', statuses: ['deferred'] },
  closed: { label: 'Closed', statuses: ['blessed', 'merged', 'dropped'] },
  all: { label: 'All', statuses: ['open', 'proposed', 'stale', 'deferred', 'blessed', 'merged', 'dropped'] },
};

export const ORDERS: Record<Order, string> = {
  nearest: 'Nearest to your work',
  touched: 'Last touched',
  oldest: 'Oldest first',
  priority: 'Priority',
  title: 'Title',
};

const PRIORITY_ORDER = { high: 0, normal: 1, low: 2 } as const;

const BY: Record<Order, (a: Loop, b: Loop) => number> = {
  nearest: (a, b) => b.rank - a.rank,
  touched: (a, b) => b.touchedAt - a.touchedAt,
  oldest: (a, b) => a.createdAt - b.createdAt,
  priority: (a, b) => PRIORITY_ORDER[a.priority] - PRIORITY_ORDER[b.priority] || b.rank - a.rank,
  title: (a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }),
};

/** The loops that the filter lets through, in its order; every word of the text must be found somewhere in it. */
export function filterLoops(loops: readonly Loop[], filter: LoopFilter): Loop[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const statuses = SCOPES[filter.scope].statuses;
  return loops
    .filter(
      (loop) =>
        statuses.includes(loop.status) &&
        (filter.source === 'any' || loop.source === filter.source) &&
        (words.length === 0 || matches(loop, words)),
    )
    .sort((a, b) => BY[filter.order](a, b) || a.id.localeCompare(b.id));
}

function matches(loop: Loop, words: readonly string[]): boolean {
  const places = loop.anchors.map((anchor) => Object.values(anchor).join(' '));
  const text = [loop.title, loop.summary, loop.context, ...places].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The loops of each status that has any, in the order in which the scope lists them. */
export function groupByStatus(loops: readonly Loop[], scope: Scope): { status: LoopStatus; loops: Loop[] }[] {
  return SCOPES[scope].statuses
    .map((status) => ({ status, loops: loops.filter((loop) => loop.status === status) }))
    .filter((group) => group.loops.length > 0);
}

/** The filter as it stands in an address; only what differs from the default. */
export function filterToQuery(filter: LoopFilter): Record<string, string> {
  const entries = Object.entries(filter).filter(
    ([key, value]) => value !== DEFAULT_FILTER[key as keyof LoopFilter],
  );
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** The filter in an address; what it does not know becomes the default. */
export function filterFromQuery(
  query: Readonly<Record<string, string>>,
  sources: readonly string[],
): LoopFilter {
  const { scope = '', source = '', order = '', text = '', everywhere } = query;
  return {
    scope: Object.hasOwn(SCOPES, scope) ? (scope as Scope) : DEFAULT_FILTER.scope,
    source: sources.includes(source) ? (source as LoopSource) : 'any',
    order: Object.hasOwn(ORDERS, order) ? (order as Order) : DEFAULT_FILTER.order,
    text,
    everywhere: everywhere === 'true',
  };
}
