import { Link } from '../../app/link.tsx';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';
import { dayOf, dayWords } from '../../model/story/day.ts';
import { DEFAULT_STORY_FILTER, isNarrowed, type StoryFilter } from '../../model/story/filter.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';
import type { Story } from './use-story-day.ts';

interface Props {
  story: Story;
  filter: StoryFilter;
  setFilter(filter: StoryFilter): void;
}

/** A day without lines: because of the filter, or because nothing was told; with the way to a day that has some. */
export function EmptyStory({ story, filter, setFilter }: Props) {
  if (story.told > 0 && isNarrowed(filter))
    return (
      <Blank icon="filter" title="No line of this day fits">
        <p>{count(story.told, 'line')} of this day are left out by the filter.</p>
        <Button
          onClick={() =>
            setFilter({
              ...DEFAULT_STORY_FILTER,
              day: filter.day,
              order: filter.order,
              everywhere: filter.everywhere,
            })
          }
        >
          Show every line
        </Button>
      </Blank>
    );
  return <Untold story={story} filter={filter} setFilter={setFilter} />;
}

function Untold({ story: { day, isToday, startsAt }, filter, setFilter }: Props) {
  const { workspace } = useSession();
  const scope = !filter.everywhere && workspace !== null ? { workspace } : {};
  const last = useLive(`last line ${JSON.stringify(scope)}`, (api, signal) =>
    api.story.list({ ...scope, limit: 1 }, { signal }),
  );
  const newest = last.data?.[0];
  const other = newest ? dayOf(newest.at, startsAt) : null;
  const today = dayOf(browserClock.now(), startsAt);
  const title = isToday
    ? 'Nothing was told today yet'
    : `Nothing was told on ${day === null ? 'this day' : dayWords(day, today)}`;
  return (
    <Blank icon="book" title={title}>
      <p>
        Commits, notes, decisions, votes of your advisers, delegated work and tests that turn green are told
        here as they happen: a line each, with its time and what it is about.
      </p>
      {other !== null && other !== day ? (
        <Button onClick={() => setFilter({ ...filter, day: other === today ? null : other })}>
          {`Read the last one: ${dayWords(other, today)}`}
        </Button>
      ) : (
        <Link to={to('loops')}>Note something on a thread</Link>
      )}
    </Blank>
  );
}
