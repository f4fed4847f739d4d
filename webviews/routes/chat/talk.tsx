import type { Status } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { type Location, to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton, Strip } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { RunningView, TurnView } from './chat-turn.tsx';
import { Composer } from './composer.tsx';
import { EmptyChat } from './empty-chat.tsx';
import { SpokenAnswer } from './spoken-answer.tsx';
import { useStickToEnd } from './stick-to-end.ts';
import type { Chat } from './use-chat.ts';
import { useComposer } from './use-composer.ts';

interface Props {
  id: string | null;
  chat: Chat;
  location: Location;
  status: Status | null;
}

/** One conversation, and where the next question is typed. */
export function Talk({ id, chat, location, status }: Props) {
  const composer = useComposer(chat, location);
  const { turns, running, problem } = chat;
  const grows = `${turns?.length} ${running?.state} ${running?.step} ${running?.text.length}`;
  const { scrolled, toEnd } = useStickToEnd(grows, `${id} ${chat.asked}`);
  const busy = running !== null && running.state !== 'lost';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !busy) return;
    event.preventDefault();
    chat.stop();
  };
  const again = () => {
    if (running) chat.ask(running.question, running.place);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape is a second way; the button stops, too
    <div class="talk" onKeyDown={onKeyDown}>
      <section class="turns" aria-label="Conversation">
        {problem && turns && <ProblemStrip problem={problem} at={chat.at} />}
        {problem && !turns && <ProblemBlank problem={problem} retry={chat.refresh} />}
        {!problem && !turns && !running && <Skeleton rows={4} label="Loading the conversation" />}
        {turns?.map((turn) => (
          <TurnView key={turn.id} turn={turn} />
        ))}
        {running && <RunningView running={running} again={again} dismiss={chat.dismiss} />}
        {turns?.length === 0 && !running && (
          <EmptyChat
            status={status}
            place={composer.place}
            ask={composer.send}
            begin={(text) => {
              composer.setText(text);
              composer.field.current?.focus();
            }}
          />
        )}
        {chat.elsewhere && (
          <Strip tone="info">
            An answer is being written in{' '}
            <Link to={to('chat', chat.elsewhere.conversation)}>another conversation</Link>; one at a time.
          </Strip>
        )}
      </section>
      <SpokenAnswer running={running} ended={turns?.at(-1) ?? null} />
      <div class="talk-end">
        {scrolled && (
          <Button class="to-end" icon="arrow-down" onClick={toEnd}>
            To the end
          </Button>
        )}
        <Composer {...composer} busy={busy} stop={chat.stop} send={() => composer.send()} />
      </div>
    </div>
  );
}
