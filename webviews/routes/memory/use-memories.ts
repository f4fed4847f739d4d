import { useEffect, useRef, useState } from 'preact/hooks';
import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { answerWords, type MemoryAnswer, withoutRecords, withRecord } from '../../model/memory-answer.ts';
import type { MemoryFilter } from '../../model/memory-filter.ts';
import { problemOf } from '../../model/problem.ts';
import { askMemory } from './ask-memory.ts';

/** A change of memory; nothing else makes it worth asking again. */
export const concernsMemory = ({ type }: { type: string }) => type.startsWith('memory.');

export type MemoryPatch = Partial<Pick<MemoryRecord, 'pinned' | 'private'>>;

/** What is remembered that fits the filter, live, and what can be done with it. */
export function useMemories(filter: MemoryFilter) {
  const { workspace, client, announce, notify } = useSession();
  const folder = filter.everywhere ? null : workspace;
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const live = useLive<MemoryAnswer>(
    `memories ${folder} ${JSON.stringify(filter)}`,
    (api, signal) => askMemory(api, filter, folder, signal),
    concernsMemory,
  );

  // While the next answer is under way the last one stays, so that typing does not flash.
  const last = useRef<MemoryAnswer | null>(null);
  if (live.data) last.current = live.data;
  const quiet = useRef(false);
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (!live.data) return;
    const words = answerWords(live.data);
    // What the reader's own action changed has been said by its notice; the first list speaks for itself.
    if (words !== before.current && before.current !== null && !quiet.current) announce(words);
    before.current = words;
    if (busy.size === 0) quiet.current = false;
  }, [live.data, busy, announce]);

  /** Runs `work` unless something is under way with this record, and tells what came of it. */
  const act = async (id: string, work: () => Promise<void>) => {
    if (busy.has(id)) return;
    quiet.current = true;
    setBusy((all) => new Set(all).add(id));
    try {
      await work();
    } catch (error) {
      notify({ tone: 'failed', text: `Not changed. ${problemOf(error).text}` });
    }
    setBusy((all) => new Set([...all].filter((each) => each !== id)));
  };
  const change = (record: MemoryRecord, patch: MemoryPatch, done: string): Promise<void> =>
    act(record.id, async () => {
      const saved = await client.api.memories.update({ id: record.id, ...patch });
      live.set((answer) => withRecord(answer, saved));
      const former = Object.fromEntries(
        Object.keys(patch).map((key) => [key, record[key as keyof MemoryPatch]]),
      );
      const undo = () => void change(saved, former, 'Taken back');
      notify({ tone: 'done', text: `${done}.`, ...(done !== 'Taken back' && { undo }) });
    });
  const restore = ({ id }: MemoryRecord) =>
    act(id, async () => {
      const saved = await client.api.memories.restore({ id });
      live.set((answer) => withRecord(answer, saved));
      notify({ tone: 'done', text: 'Restored from the archive.' });
    });

  return {
    answer: live.data ?? last.current,
    /** The answer is still that to the question before. */
    old: live.data === null,
    problem: live.problem,
    at: live.at,
    refresh: live.refresh,
    busy: (id: string) => busy.has(id),
    pin: (record: MemoryRecord) =>
      void change(record, { pinned: !record.pinned }, record.pinned ? 'Unpinned' : 'Pinned: it never fades'),
    keepPrivate: (record: MemoryRecord, hidden: boolean) =>
      void change(record, { private: hidden }, hidden ? 'Private' : 'Not private any more'),
    restore: (record: MemoryRecord) => void restore(record),
    forgotten(ids: readonly string[]) {
      quiet.current = true;
      live.set((answer) => withoutRecords(answer, ids));
    },
  };
}

export type Memories = ReturnType<typeof useMemories>;
