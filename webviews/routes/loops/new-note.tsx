import { useState } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { readPlace } from '../../model/place.ts';
import { problemOf } from '../../model/problem.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea, TextField } from '../../parts/fields.tsx';
import { FormEnd } from './new-thread.tsx';

/** Drops a note that joins the thread it lies on, or opens one. */
export function NewNote({ onClose }: { onClose(): void }) {
  const { client, host, workspace, notify } = useSession();
  const [text, setText] = useState('');
  const [place, setPlace] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const add = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return setProblem('The note is empty. Write it first.');
    try {
      const note = await client.api.whispers.add({
        workspace: workspace ?? '',
        text: text.trim(),
        ...readPlace(place),
      });
      onClose();
      host.navigation.go(to('loops', note.loopId));
      notify({ tone: 'done', text: 'Note added. This is the thread it belongs to.' });
    } catch (error) {
      setProblem(`It was not saved. ${problemOf(error).text}`);
    }
  };

  return (
    <Dialog title="Note" subtitle="whisper" onClose={onClose}>
      <form class="form" onSubmit={(event) => void add(event)}>
        <TextArea
          label="What should be remembered?"
          autofocus
          maxLength={2000}
          value={text}
          onInput={setText}
        />
        <TextField
          label="Where? (optional)"
          placeholder="src/parser.ts:41"
          value={place}
          onInput={setPlace}
        />
        <FormEnd problem={problem} action="Add note" />
      </form>
    </Dialog>
  );
}
