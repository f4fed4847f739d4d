import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReviewItem } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { problemOf } from '../../model/problem.ts';
import { queueWords, type ReviewScope } from '../../model/review-words.ts';

/** A change of beliefs; nothing else makes it worth asking again. */
const concernsReview = ({ type }: { type: string }) => type.startsWith('hypothes');

export interface Reviewed {
  readonly items: readonly ReviewItem[];
  readonly more: number;
}

/** What there is to review, or all that is believed, live, and what the user says to it. */
export function useReview(scope: ReviewScope) {
  const { client, announce, notify } = useSession();
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const live = useLive<Reviewed>(
    `review ${scope}`,
    async (api, signal) =>
      scope === 'today'
        ? await api.review.queue({}, { signal })
        : { items: await api.review.list({}, { signal }), more: 0 },
    concernsReview,
  );
  const last = useRef<Reviewed | null>(null);
  if (live.data) last.current = live.data;
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (!live.data || scope !== 'today') return;
    const words = queueWords(live.data.items.length, live.data.more);
    if (before.current !== null && before.current !== words) announce(words);
    before.current = words;
  }, [live.data, announce]);

  /** Runs `work` unless something is under way with this belief; true when it came to be. */
  const act = async (id: string, work: () => Promise<void>): Promise<string | null> => {
    if (busy.has(id)) return null;
    setBusy((all) => new Set(all).add(id));
    try {
      await work();
      return null;
    } catch (error) {
      return problemOf(error).text;
    } finally {
      setBusy((all) => new Set([...all].filter((each) => each !== id)));
    }
  };
  const say = async (item: ReviewItem, answer: 'confirm' | 'deny' | 'context', text?: string) => {
    const problem = await act(item.id, async () => {
      const saved = await client.api.review.answer({
        id: item.id,
        answer,
        ...(text !== undefined && { text }),
      });
      live.set((data) => withAnswer(data, saved, scope));
      notify({ tone: 'done', text: doneWords(saved) });
    });
    return problem;
  };
  const tellProblem = (problem: string | null) => {
    if (problem !== null) notify({ tone: 'failed', text: `Not changed. ${problem}` });
  };

  return {
    data: live.data ?? last.current,
    problem: live.problem,
    at: live.at,
    refresh: live.refresh,
    busy: (id: string) => busy.has(id),
    confirm: (item: ReviewItem) => void say(item, 'confirm').then(tellProblem),
    deny: (item: ReviewItem) => void say(item, 'deny').then(tellProblem),
    /** Resolves to what went wrong, or null. */
    except: (item: ReviewItem, text: string) => say(item, 'context', text),
    forget: (item: ReviewItem) =>
      void act(item.id, async () => {
        await client.api.review.forget({ id: item.id });
        live.set((data) => ({ ...data, items: data.items.filter(({ id }) => id !== item.id) }));
        notify({ tone: 'done', text: 'Forgotten, with its evidence.' });
      }).then(tellProblem),
  };
}

export type ReviewActions = ReturnType<typeof useReview>;

/** What is answered leaves today's list and stays in that of all. */
function withAnswer(data: Reviewed, saved: ReviewItem, scope: ReviewScope): Reviewed {
  const items =
    scope === 'today'
      ? data.items.filter(({ id }) => id !== saved.id)
      : data.items.map((item) => (item.id === saved.id ? saved : item));
  return { ...data, items };
}

function doneWords({ status, learned, exceptRead }: ReviewItem): string {
  if (status === 'denied') return 'Denied. It does not come back unless your work shows it in another way.';
  const read = exceptRead === null ? '' : ` What you do ${exceptRead} does not count against it.`;
  return `${learned ? 'Confirmed, and learned.' : 'Confirmed. It is learned once three weeks have borne it out.'}${read}`;
}
