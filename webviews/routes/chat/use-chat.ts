import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ChatTurn } from '../../../companion/protocol/index.ts';
import { browserClock } from '../../data/clock.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import type { Host } from '../../host/host.ts';
import type { AskerPlace } from '../../model/asker-place.ts';
import { besideRunning, withEnded } from '../../model/chat-turns.ts';
import { to } from '../../model/location.ts';
import { ChatDesk, type Pending } from './chat-desk.ts';

const PENDING = 'chat.pending';
const CONVERSATION = 'chat.conversation';

/** A change of conversations; nothing else makes it worth asking again. */
export const concernsChat = ({ type }: { type: string }) => /^(chat|conversation|turn)\b/.test(type);

/** One desk a page: an answer goes on while the reader looks at another view. */
const desks = new WeakMap<Host, ChatDesk>();

function deskOf(host: Host, client: ConstructorParameters<typeof ChatDesk>[0]['client']): ChatDesk {
  const known = desks.get(host);
  if (known) return known;
  const keep = (pending: Pending | undefined) => {
    if (JSON.stringify(host.getState(PENDING)) !== JSON.stringify(pending)) host.setState(PENDING, pending);
  };
  const pending = host.getState<Pending>(PENDING);
  const desk = new ChatDesk({ client, clock: browserClock, pending, keep });
  desks.set(host, desk);
  return desk;
}

/** A conversation, live, with the answer that is under way in it. `id` is null for one that begins. */
export function useChat(id: string | null) {
  const { host, client, workspace } = useSession();
  const desk = useMemo(() => deskOf(host, client), [host, client]);
  const [state, setState] = useState(desk.state);
  useEffect(() => {
    setState(desk.state);
    const listening = desk.onChange(setState);
    return () => listening.dispose();
  }, [desk]);

  const { running, refused } = state;
  const own = running !== null && running.conversation === id;
  // It began here: from now on the place has an address.
  const began = useRef(false);
  useEffect(() => {
    if (running === null || running.conversation === null) began.current = running !== null && id === null;
    else if (began.current) {
      began.current = false;
      host.navigation.go(to('chat', running.conversation), { replace: true });
    }
  }, [running, id, host]);
  useEffect(() => {
    if (id !== null) host.setState(CONVERSATION, id);
  }, [id, host]);

  const live = useLive<ChatTurn[]>(
    `conversation ${id}`,
    async (api, signal) => (id === null ? [] : await api.chat.turns({ id }, { signal })),
    concernsChat,
  );
  const { refresh } = live;
  useEffect(() => {
    if (live.data) desk.settle(live.data);
  }, [live.data, desk, running]);
  const endings = state.ended.length;
  useEffect(() => {
    if (endings > 0) refresh();
  }, [endings]);

  const ended = state.ended.filter(({ conversation }) => conversation === id);
  const all = live.data || ended.length > 0 ? withEnded(live.data ?? [], ended) : null;
  // The one that comes in a stream is stored, too, as far as it has come.
  const turns = all && own && running.state !== 'lost' ? besideRunning(all, running.turn ?? undefined) : all;
  return {
    turns,
    /** A conversation that begins may not be stored yet. */
    problem: own || ended.length > 0 ? null : live.problem,
    at: live.at,
    refresh,
    running: own ? running : null,
    /** Something is written in another conversation: one answer at a time. */
    elsewhere: running !== null && !own && running.state !== 'lost' ? running : null,
    refused,
    asked: state.asked,
    free: desk.free,
    ask: (question: string, place: AskerPlace | null) =>
      void desk.ask({ question, workspace, conversation: id, place }),
    stop: () => void desk.stop(),
    dismiss: () => desk.dismiss(),
    startNew() {
      host.setState(CONVERSATION, undefined);
      host.navigation.go(to('chat', null, { new: '1' }));
    },
  };
}

export type Chat = ReturnType<typeof useChat>;

/** The conversation that was open last, for who comes back without naming one. */
export function lastConversation(host: Host): string | null {
  return host.getState<string>(CONVERSATION) ?? null;
}

export function forgetLastConversation(host: Host, id: string): void {
  if (lastConversation(host) === id) host.setState(CONVERSATION, undefined);
}
