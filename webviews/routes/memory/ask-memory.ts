import type { Api } from '../../../companion/client/index.ts';
import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import type { MemoryAnswer, Shown } from '../../model/memory-answer.ts';
import { type MemoryFilter, sinceTime } from '../../model/memory-filter.ts';

/** So many answer a question; the newest, where nothing is asked. */
const FOUND = 25;
const NEWEST = 50;

/** What fits the filter: what speaks to its question, best first, or the newest where it asks nothing. */
export async function askMemory(
  api: Api,
  filter: MemoryFilter,
  workspace: string | null,
  signal: AbortSignal,
): Promise<MemoryAnswer> {
  const query = filter.text.trim();
  const since = sinceTime(filter.since, browserClock.now());
  const scope = {
    ...(workspace !== null && { workspace }),
    ...(filter.kind !== 'any' && { kinds: [filter.kind] }),
  };
  if (query === '') {
    const newest = await api.memories.recent({ ...scope, limit: NEWEST }, { signal });
    const shown = newest
      .filter(({ happenedAt }) => since === null || happenedAt >= since)
      .map((record): Shown => ({ record, parts: null }));
    return { asked: false, shown, successors: await successorsOf(api, shown, signal), means: null };
  }
  const asked = { query, limit: FOUND, ...(since !== null && { since }) };
  const { found, meaning, covered, note } = await api.memories.recall({ ...scope, ...asked }, { signal });
  return {
    asked: true,
    shown: found,
    successors: await successorsOf(api, found, signal),
    means: { meaning, covered, note },
  };
}

/** What closed the facts among these, by id. One that is gone by now is left out. */
async function successorsOf(
  api: Api,
  shown: readonly Shown[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, MemoryRecord>> {
  const known = new Map(shown.map(({ record }) => [record.id, record]));
  const wanted = new Set(shown.flatMap(({ record: { closedBy } }) => (closedBy !== null ? [closedBy] : [])));
  const records = await Promise.all(
    [...wanted].map(
      async (id) => known.get(id) ?? (await api.memories.trace({ id }, { signal }).catch(() => null))?.record,
    ),
  );
  return new Map(records.flatMap((record) => (record ? [[record.id, record] as const] : [])));
}
