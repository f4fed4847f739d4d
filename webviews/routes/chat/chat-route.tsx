import { Link } from '../../app/link.tsx';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { nextWriter } from '../../model/answered-by.ts';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { Conversations } from './conversations.tsx';
import { Talk } from './talk.tsx';
import { lastConversation, useChat } from './use-chat.ts';

/** Questions and answers: a conversation, or the list of earlier ones. */
export function ChatRoute({ location }: RouteProps) {
  const { host, client } = useSession();
  const status = useStatus(client);
  const earlier = location.query.show === 'earlier';
  // Who comes back finds the conversation that was open.
  const id = location.id ?? (location.query.new === undefined ? lastConversation(host) : null);
  const chat = useChat(id);
  return (
    <div class="chat">
      <header class="page-head">
        <div>
          <h1>
            Ask <small>· chat</small>
          </h1>
          <p class="sub">{status ? nextWriter(status.answeredBy) : 'Loading'}</p>
        </div>
        <div class="head-actions">
          <Button icon="add" onClick={chat.startNew}>
            New
          </Button>
        </div>
      </header>
      <nav class="scopes" aria-label="Conversations">
        <Link to={to('chat', id, id === null ? { new: '1' } : {})} class="scope" current={!earlier}>
          Conversation
        </Link>
        <Link to={to('chat', null, { show: 'earlier' })} class="scope" current={earlier}>
          Earlier
        </Link>
      </nav>
      {earlier ? <Conversations /> : <Talk id={id} chat={chat} location={location} status={status} />}
    </div>
  );
}
