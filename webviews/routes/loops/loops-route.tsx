import { useState } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { filterFromQuery, filterLoops, filterToQuery, type LoopFilter } from '../../model/loop-filter.ts';
import { count, SOURCE_WORDS } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton, Strip } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { EmptyLoops } from './empty-loops.tsx';
import { LoopDetails } from './loop-details.tsx';
import { LoopList } from './loop-list.tsx';
import { LoopsToolbar } from './loops-toolbar.tsx';
import { NewNote } from './new-note.tsx';
import { NewThread } from './new-thread.tsx';
import { MOST, useLoops } from './use-loops.ts';

const SOURCES = Object.keys(SOURCE_WORDS);

/** Open threads: the list, its filter, and the one that is chosen beside or instead of it. */
export function LoopsRoute({ location }: RouteProps) {
  const { host } = useSession();
  const filter = filterFromQuery(location.query, SOURCES);
  const loops = useLoops(filter);
  const [dialog, setDialog] = useState(location.query.new ?? null);
  const [board, setBoard] = useState(host.getState<boolean>('board') ?? false);
  const shown = loops.loops && filterLoops(loops.loops, filter);
  const chosen = location.id;

  const setFilter = (next: LoopFilter) =>
    host.navigation.go(to('loops', chosen, filterToQuery(next)), { replace: true });
  const toggleBoard = () => {
    host.setState('board', !board);
    setBoard(!board);
  };

  return (
    <div class={chosen === null ? 'split loops' : 'split loops with-details'}>
      <header class="page-head">
        <div>
          <h1>
            Open threads <small>· loops</small>
          </h1>
          <p class="sub">{shown ? count(shown.length, 'thread') : 'Loading'}</p>
        </div>
        <div class="head-actions">
          <Button icon="comment" onClick={() => setDialog('note')}>
            Note
          </Button>
          <Button icon="add" primary onClick={() => setDialog('thread')}>
            New thread
          </Button>
        </div>
      </header>
      <div class="split-main">
        <LoopsToolbar filter={filter} setFilter={setFilter} board={board} toggleBoard={toggleBoard} />
        {loops.problem && shown && <ProblemStrip problem={loops.problem} at={loops.at} />}
        {loops.problem && !shown && <ProblemBlank problem={loops.problem} retry={loops.refresh} />}
        {!loops.problem && !shown && <Skeleton rows={8} label="Loading the threads" />}
        {shown && shown.length === 0 && (
          <EmptyLoops filter={filter} setFilter={setFilter} add={() => setDialog('thread')} />
        )}
        {shown && shown.length > 0 && (
          <LoopList loops={shown} filter={filter} board={board} chosen={chosen} actions={loops} />
        )}
        {loops.loops && loops.loops.length >= MOST && (
          <Strip tone="info">Only the nearest {MOST} are listed. Narrow the filter to find others.</Strip>
        )}
      </div>
      {chosen !== null && <LoopDetails key={chosen} id={chosen} filter={filter} actions={loops} />}
      {dialog === 'thread' && <NewThread onClose={() => setDialog(null)} added={loops.added} />}
      {dialog === 'note' && <NewNote onClose={() => setDialog(null)} />}
    </div>
  );
}
