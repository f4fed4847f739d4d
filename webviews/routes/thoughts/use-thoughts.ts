import { useRef, useState } from 'preact/hooks';
import type { ThoughtTrail } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { sinceTime } from '../../model/memory-filter.ts';
import type { ThoughtFilter } from '../../model/thoughts.ts';

const PAGE = 20;
const MOST = 200;
/** A thought was noted, or a conversation was forgotten; nothing else makes it worth asking again. */
const concernsThoughts = ({ type }: { type: string }) =>
  /^(thought|chat|conversation|store\.forgot|memory\.forgotten)\b/.test(type);

/** Thoughts that fit, by their questions, the newest first, live. */
export function useThoughts(filter: ThoughtFilter) {
  const { workspace } = useSession();
  const [limit, setLimit] = useState(PAGE);
  const since = sinceTime(filter.since, browserClock.now());
  const text = filter.text.trim();
  const query = {
    limit: Math.min(limit + 1, MOST),
    ...(!filter.everywhere && workspace !== null && { workspace }),
    ...(filter.step !== 'any' && { step: filter.step }),
    ...(text !== '' && { text }),
    ...(since !== null && { since }),
  };
  const live = useLive<readonly ThoughtTrail[]>(
    `thoughts ${JSON.stringify(query)}`,
    (api, signal) => api.thoughts.trails(query, { signal }),
    concernsThoughts,
  );
  // While another question is under way, what was there stays.
  const last = useRef<readonly ThoughtTrail[] | null>(null);
  if (live.data) last.current = live.data;
  const all = live.data ?? (live.problem ? null : last.current);
  return {
    trails: all?.slice(0, limit) ?? null,
    /** There are more than are shown. */
    more: all !== null && all.length > limit && limit < MOST,
    showMore: () => setLimit(Math.min(limit + PAGE, MOST)),
    problem: live.problem,
    at: live.at,
    refresh: live.refresh,
  };
}
