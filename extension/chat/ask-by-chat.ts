import type { Api } from '../../companion/client/index.ts';
import type { ChatTurn } from '../../companion/protocol/index.ts';
import type { AskerPlace } from '../../webviews/model/asker-place.ts';

export interface ChatQuestion {
  readonly question: string;
  readonly workspace: string;
  readonly conversation?: string | undefined;
  readonly place?: AskerPlace | undefined;
}

export interface Heard {
  step?(words: string): void;
  text?(text: string): void;
}

/**
 * Asks through the door that leads into the editor's chat: the companion leaves out what may not leave this machine.
 * Resolves to the whole turn; null where `signal` stopped it. Rejects with what the companion says, such as that the
 * door is closed.
 */
export async function askByChat(
  api: Api,
  { question, workspace, conversation, place }: ChatQuestion,
  signal: AbortSignal,
  heard: Heard = {},
): Promise<ChatTurn | null> {
  const input = {
    question,
    workspace,
    door: 'editor_chat' as const,
    ...(conversation !== undefined && { conversation }),
    ...(place && { place }),
  };
  let turn: string | null = null;
  const stop = () => {
    // What is written is of no use to anyone any more.
    if (turn !== null) void api.chat.cancel({ id: turn }).catch(() => {});
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const event of await api.chat.ask(input, { signal })) {
      if (event.kind === 'begin') turn = event.turn;
      if (signal.aborted) {
        stop();
        return null;
      }
      if (event.kind === 'step') heard.step?.(event.words);
      if (event.kind === 'text') heard.text?.(event.text);
      if (event.kind === 'end') return event.turn;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) return null;
  throw new Error('The answer broke off. Ask again.');
}
