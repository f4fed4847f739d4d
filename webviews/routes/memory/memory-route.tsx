import { useEffect, useRef, useState } from 'preact/hooks';
import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { answerWords } from '../../model/memory-answer.ts';
import { type MemoryFilter, memoryFilter, memoryQuery } from '../../model/memory-filter.ts';
import { Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { EmptyMemory } from './empty-memory.tsx';
import { ForgetDialog } from './forget-dialog.tsx';
import { Means } from './means.tsx';
import { MemoryDetails } from './memory-details.tsx';
import { MemoryList } from './memory-list.tsx';
import { MemoryToolbar } from './memory-toolbar.tsx';
import { useMemories } from './use-memories.ts';

/** What is remembered: a question and its answers, or the newest, and the one that is chosen. */
export function MemoryRoute({ location }: RouteProps) {
  const { host } = useSession();
  const filter = memoryFilter(location.query);
  const memories = useMemories(filter);
  const [forgetting, setForgetting] = useState<MemoryRecord | null>(null);
  const chosen = location.id;
  const { answer } = memories;

  const setFilter = (next: MemoryFilter) =>
    host.navigation.go(to('memory', chosen, memoryQuery(next)), { replace: true });
  const search = useRef<HTMLElement>(null);
  const summoned = location.query.focus !== undefined;
  useEffect(() => {
    if (!summoned) return;
    // The editor sent the reader here to search: the field has the focus, and what stands in it can be typed over.
    search.current?.focus();
    setFilter(filter);
  }, [summoned]);
  const forgotten = (ids: readonly string[]) => {
    memories.forgotten(ids);
    if (chosen !== null && ids.includes(chosen)) host.navigation.go(to('memory', null, memoryQuery(filter)));
  };

  return (
    <div class={chosen === null ? 'split' : 'split with-details'}>
      <header class="page-head">
        <div>
          <h1>
            Memory <small>· recall</small>
          </h1>
          <p class="sub">{answer ? answerWords(answer) : 'Loading'}</p>
        </div>
      </header>
      <div class="split-main">
        <MemoryToolbar filter={filter} setFilter={setFilter} search={search} />
        {memories.problem && answer && <ProblemStrip problem={memories.problem} at={memories.at} />}
        {memories.problem && !answer && <ProblemBlank problem={memories.problem} retry={memories.refresh} />}
        {!memories.problem && !answer && <Skeleton rows={8} label="Looking into memory" />}
        {answer?.means && <Means means={answer.means} again={memories.refresh} />}
        {answer && answer.shown.length === 0 && <EmptyMemory filter={filter} setFilter={setFilter} />}
        {answer && answer.shown.length > 0 && (
          <MemoryList
            answer={answer}
            filter={filter}
            chosen={chosen}
            memories={memories}
            forget={setForgetting}
          />
        )}
      </div>
      {chosen !== null && (
        <MemoryDetails key={chosen} id={chosen} filter={filter} memories={memories} forget={setForgetting} />
      )}
      {forgetting && (
        <ForgetDialog record={forgetting} onClose={() => setForgetting(null)} forgotten={forgotten} />
      )}
    </div>
  );
}
