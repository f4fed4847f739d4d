import { useRef, useState } from 'preact/hooks';
import type { Conversation } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { problemOf } from '../../model/problem.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';

interface Props {
  conversation: Conversation;
  onClose(): void;
  forgotten(conversation: Conversation): void;
}

/** Says what goes with a conversation; on a second word, forgets it. */
export function ForgetConversation({ conversation, onClose, forgotten }: Props) {
  const { client } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const forget = async () => {
    if (busy) return;
    setBusy(true);
    try {
      await client.api.chat.forget({ id: conversation.id });
      onClose();
      forgotten(conversation);
    } catch (error) {
      setBusy(false);
      setProblem(`Nothing was forgotten. ${problemOf(error).text}`);
    }
  };
  return (
    <Dialog title="Forget this conversation?" subtitle="for good" onClose={onClose}>
      <div class="form" ref={inside}>
        <p>
          <bdi>{conversation.title}</bdi>
        </p>
        <p>
          This goes: <strong>{count(conversation.turns, 'question')}</strong> with what was answered, what was
          thought on the way, and what was remembered of it. It cannot be taken back.
        </p>
        <p role="alert" class="form-problem">
          {problem}
        </p>
        <div class="forget-end">
          <Button autofocus onClick={() => inside.current?.closest('dialog')?.close()}>
            Cancel
          </Button>
          <Button class="danger" icon="trash" aria-disabled={busy} onClick={() => void forget()}>
            Forget it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
