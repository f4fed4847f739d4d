import { useRef } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { type ThoughtFilter, thoughtFilter, thoughtQuery } from '../../model/thoughts.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { EmptyThoughts } from './empty-thoughts.tsx';
import { ThoughtsOff } from './thoughts-off.tsx';
import { ThoughtsToolbar } from './thoughts-toolbar.tsx';
import { TrailCard } from './trail-card.tsx';
import { useThoughts } from './use-thoughts.ts';

/** What was thought on the way to answers, by the question that it was thought for. */
export function ThoughtsRoute({ location }: RouteProps) {
  const { host } = useSession();
  const filter = thoughtFilter(location.query);
  const search = useRef<HTMLElement>(null);
  const setFilter = (next: ThoughtFilter) =>
    host.navigation.go(to('thoughts', null, thoughtQuery(next)), { replace: true });
  const thoughts = useThoughts(filter);
  const { trails, problem } = thoughts;
  return (
    <div class="split thoughts">
      <header class="page-head">
        <div>
          <h1>
            Thoughts <small>· trace</small>
          </h1>
          <p class="sub">
            {trails
              ? `The steps on the way to ${count(trails.length, 'answer')}${thoughts.more ? ', the newest' : ''}; forgotten with their conversations`
              : 'Loading'}
          </p>
        </div>
      </header>
      <div class="split-main">
        <ThoughtsToolbar filter={filter} setFilter={setFilter} search={search} />
        <ThoughtsOff />
        {problem && trails && <ProblemStrip problem={problem} at={thoughts.at} />}
        {problem && !trails && <ProblemBlank problem={problem} retry={thoughts.refresh} />}
        {!problem && !trails && <Skeleton rows={6} label="Loading the thoughts" />}
        {trails && trails.length === 0 && <EmptyThoughts filter={filter} setFilter={setFilter} />}
        {trails && trails.length > 0 && (
          <ol class="trails" aria-label="Answers, the newest first">
            {trails.map((trail) => (
              <TrailCard key={trail.turn?.id ?? trail.thoughts[0]?.id} trail={trail} />
            ))}
          </ol>
        )}
        {thoughts.more && trails && trails.length > 0 && (
          <p class="trails-more">
            <Button onClick={thoughts.showMore}>Show more</Button>
          </p>
        )}
      </div>
    </div>
  );
}
