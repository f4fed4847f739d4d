import { useState } from 'preact/hooks';
import type { Loop, Whisper } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useLive } from '../../data/use-live.ts';
import { problemOf } from '../../model/problem.ts';
import { targetOfAnchor } from '../../model/target.ts';
import { Button } from '../../parts/button.tsx';
import { EvidenceLink } from '../../parts/evidence-link.tsx';
import { TextArea } from '../../parts/fields.tsx';
import { Moment } from '../../parts/moment.tsx';

/** The notes of a thread, newest first, and the place for one more. */
export function LoopNotes({ loop }: { loop: Loop }) {
  const { client, notify } = useSession();
  const [text, setText] = useState('');
  const live = useLive(`notes ${loop.id}`, (api, signal) =>
    api.whispers.list({ loopId: loop.id, limit: 200 }, { signal }),
  );

  const add = async (event: Event) => {
    event.preventDefault();
    const trimmed = text.trim();
    if (trimmed === '') return notify({ tone: 'failed', text: 'The note is empty. Write it first.' });
    try {
      const whisper = await client.api.whispers.add({
        workspace: loop.workspace,
        text: trimmed,
        loopId: loop.id,
      });
      setText('');
      live.set((notes) => [whisper, ...notes.filter(({ id }) => id !== whisper.id)]);
      notify({ tone: 'done', text: 'Note added.' });
    } catch (error) {
      notify({ tone: 'failed', text: `The note was not saved. ${problemOf(error).text}` });
    }
  };

  return (
    <section class="details-part">
      <h3>
        Notes <small>· whispers</small>
      </h3>
      {live.data && live.data.length > 0 && (
        <ul class="notes">
          {live.data.map((note) => (
            <Note key={note.id} note={note} />
          ))}
        </ul>
      )}
      <form class="note-form" onSubmit={(event) => void add(event)}>
        <TextArea label="Add a note" rows={2} maxLength={2000} value={text} onInput={setText} />
        <Button type="submit" icon="comment">
          Add
        </Button>
      </form>
    </section>
  );
}

function Note({ note }: { note: Whisper }) {
  return (
    <li>
      <p>
        <bdi>{note.text}</bdi>
      </p>
      <p class="loop-meta">
        <Moment at={note.at} />
        {note.anchor && (
          <>
            {' · '}
            <EvidenceLink workspace={note.workspace} target={targetOfAnchor(note.anchor)} />
          </>
        )}
      </p>
    </li>
  );
}
