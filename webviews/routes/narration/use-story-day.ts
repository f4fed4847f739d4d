import { useEffect, useState } from 'preact/hooks';
import type { StoryDay, StoryLine } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { useStoryDesk, useStoryLines } from '../../data/use-story.ts';
import { dayOf, type Order, withHeard } from '../../model/story/day.ts';
import { fits, type StoryFilter } from '../../model/story/filter.ts';
import { aloud } from '../../model/story/speakers.ts';

/** What is told, and what takes it away again. */
const TELLS =
  /^(work|whisper|loop|decision|tests|drift|hypothesis|dream|heritage|convergence|store|tier|forget|council|mask|guild|pattern|wheel|memory\.forgotten)\b/;
/** More than anybody looks at in one visit; the day has them all. */
const MOST_HEARD = 200;

/** The story of a day, live where it is today's. */
export function useStory(filter: StoryFilter) {
  const { workspace, announce } = useSession();
  const { desk, settings, startsAt, mutedUntil } = useStoryDesk();
  const today = settings === null ? null : dayOf(browserClock.now(), startsAt);
  const isToday = filter.day === null || filter.day === today;
  const scope = !filter.everywhere && workspace !== null ? { workspace } : {};
  const live = useLive<StoryDay>(
    `story ${filter.day} ${JSON.stringify(scope)} ${settings?.plain}`,
    (api, signal) => api.story.day({ ...scope, ...(filter.day !== null && { day: filter.day }) }, { signal }),
    ({ type }) => (isToday || type === 'store.forgot') && TELLS.test(type),
  );

  const [heard, setHeard] = useState<readonly StoryLine[]>([]);
  useStoryLines(desk, filter.everywhere, (line) => {
    setHeard((all) => [...all, line].slice(-MOST_HEARD));
    // Here, too, quiet is quiet.
    if (isToday && fits(line, filter) && settings?.overlay !== false && mutedUntil === null)
      announce(aloud(line));
    live.refresh();
  });
  useEffect(() => setHeard([]), [filter.everywhere, workspace]);

  const day = live.data?.day ?? filter.day;
  const all =
    live.data &&
    withHeard(
      live.data.lines,
      isToday ? heard.filter(({ at }) => dayOf(at, startsAt) === live.data?.day) : [],
    );
  const order: Order = filter.order ?? (isToday ? 'newest' : 'oldest');
  return {
    /** `2026-03-02`; null while it is not known which day is today. */
    day,
    today: today ?? (isToday ? day : null),
    isToday,
    startsAt,
    order,
    /** Null while nothing is known. */
    lines: all?.filter((line) => fits(line, filter)) ?? null,
    /** How many there are, whatever the filter leaves out. */
    told: all?.length ?? 0,
    /** Numbers of the lines that came while one looked. */
    fresh: new Set(heard.map(({ seq }) => seq)) as ReadonlySet<number>,
    markdown: live.data?.markdown ?? null,
    problem: live.problem,
    at: live.at,
    refresh: live.refresh,
  };
}

export type Story = ReturnType<typeof useStory>;
