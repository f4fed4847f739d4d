import { useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';
import { count } from '../../model/words.ts';
import { IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { useRowFocus } from '../../parts/row-focus.ts';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { ForgetConversation } from './forget-conversation.tsx';
import { concernsChat, forgetLastConversation } from './use-chat.ts';

/** Earlier conversations of the folder, the newest first. */
export function Conversations() {
  const { host, workspace, notify } = useSession();
  const [asked, setAsked] = useState<Conversation | null>(null);
  const live = useLive<Conversation[]>(
    `conversations ${workspace}`,
    (api, signal) => api.chat.conversations({ ...(workspace !== null && { workspace }) }, { signal }),
    concernsChat,
  );
  const all = live.data;
  const forgotten = ({ id, title }: Conversation) => {
    live.set((known) => known.filter((each) => each.id !== id));
    forgetLastConversation(host, id);
    notify({ tone: 'done', text: `Forgotten: ${title}` });
  };
  return (
    <>
      {live.problem && all && <ProblemStrip problem={live.problem} at={live.at} />}
      {live.problem && !all && <ProblemBlank problem={live.problem} retry={live.refresh} />}
      {!live.problem && !all && <Skeleton rows={6} label="Loading the conversations" />}
      {all && all.length === 0 && (
        <Blank icon="comment-discussion" title="No conversation yet">
          <p>What you ask here, and what was answered, stays on this machine until you forget it.</p>
          <Link to={to('chat', null, { new: '1' })}>Ask something</Link>
        </Blank>
      )}
      {all && all.length > 0 && <Rows all={all} forget={setAsked} />}
      {asked && (
        <ForgetConversation conversation={asked} onClose={() => setAsked(null)} forgotten={forgotten} />
      )}
    </>
  );
}

function Rows({ all, forget }: { all: readonly Conversation[]; forget(one: Conversation): void }) {
  const list = useRef<HTMLDivElement>(null);
  const order = all.map(({ id }) => id);
  const focus = useRowFocus(list, order, null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} onKeyDown={focus.onKeyDown}>
      <section aria-label="Earlier conversations">
        <ul>
          {all.map((one) => {
            const tabIndex = one.id === focus.entry ? 0 : -1;
            return (
              <li key={one.id} class="loop-row" data-row={one.id} onFocusIn={() => focus.focused(one.id)}>
                <span class="loop-icon">
                  <Icon name="comment-discussion" />
                </span>
                <div class="loop-text">
                  <p class="loop-title">
                    <Link to={to('chat', one.id)} class="title" tabIndex={tabIndex}>
                      <bdi>{one.title}</bdi>
                    </Link>
                  </p>
                  <p class="loop-meta">
                    {count(one.turns, 'question')} · <Moment at={one.lastAt} />
                  </p>
                </div>
                <div class="loop-buttons">
                  <IconButton
                    icon="trash"
                    label={`Forget: ${one.title}`}
                    tabIndex={tabIndex}
                    onClick={() => forget(one)}
                  />
                </div>
              </li>
            );
          })}
        </ul>
      </section>
    </div>
  );
}
