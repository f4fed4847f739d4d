import { useRef } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { dayWords } from '../../model/story/day.ts';
import { type StoryFilter, storyFilter, storyQuery } from '../../model/story/filter.ts';
import { count } from '../../model/words.ts';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { DayPicker } from './day-picker.tsx';
import { EmptyStory } from './empty-story.tsx';
import { StoryActions } from './story-actions.tsx';
import { StoryList } from './story-list.tsx';
import { StoryNotices } from './story-notices.tsx';
import { StoryToolbar } from './story-toolbar.tsx';
import { type Story, useStory } from './use-story-day.ts';

/** What happened, a line each: today as it happens, and any day before. */
export function NarrationRoute({ location }: RouteProps) {
  const { host } = useSession();
  const filter = storyFilter(location.query);
  const latest = useRef(filter);
  latest.current = filter;
  const setFilter = (next: StoryFilter) =>
    host.navigation.go(to('narration', null, storyQuery(next)), { replace: true });
  const story = useStory(filter);
  const { problem, lines } = story;
  return (
    <div class="split story">
      <header class="page-head">
        <div>
          <h1>
            Story <small>· narration</small>
          </h1>
          <p class="sub">{subtitle(story)}</p>
        </div>
        <StoryActions story={story} />
      </header>
      <div class="split-main">
        <div class="story-bar">
          <DayPicker story={story} setDay={(day) => setFilter({ ...latest.current, day })} />
          <StoryToolbar filter={filter} order={story.order} setFilter={setFilter} />
        </div>
        <StoryNotices />
        {problem && lines && <ProblemStrip problem={problem} at={story.at} />}
        {problem && !lines && <ProblemBlank problem={problem} retry={story.refresh} />}
        {!problem && !lines && <Skeleton rows={7} label="Loading the story of the day" />}
        {lines && lines.length === 0 && <EmptyStory story={story} filter={filter} setFilter={setFilter} />}
        {lines && lines.length > 0 && <StoryList story={story} lines={lines} />}
      </div>
    </div>
  );
}

function subtitle({ day, today, lines, told }: Story): string {
  const when = day === null || today === null ? null : dayWords(day, today);
  if (when === null || lines === null) return 'Loading';
  const shown = lines.length < told ? `${lines.length} of ${count(told, 'line')}` : count(told, 'line');
  return `${when} · ${shown}`;
}
