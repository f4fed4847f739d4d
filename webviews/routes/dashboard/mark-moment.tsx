import { useState } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { useAct } from '../council/use-council.ts';
import { FormEnd } from '../loops/new-thread.tsx';

/** Marks this moment in the history of the levels, in the reader's own words. */
export function MarkMoment({ marked }: { marked(): void }) {
  const { client } = useSession();
  const { busy, act } = useAct();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === '') return setProblem('It needs a few words, as “moved to the new team”.');
    const failed = await act(
      () => client.api.self.mark({ text: text.trim() }),
      'Marked. It stands in the list.',
    );
    setProblem(failed === null ? null : `Not marked. ${failed}`);
    if (failed !== null) return;
    marked();
    setText('');
    setOpen(false);
  };
  return (
    <>
      <Button icon="bookmark" onClick={() => setOpen(true)}>
        Mark now
      </Button>
      {open && (
        <Dialog title="Mark this moment" onClose={() => setOpen(false)}>
          <form class="form" aria-busy={busy} onSubmit={(event) => void submit(event)}>
            <TextField
              label="What happened"
              value={text}
              onInput={setText}
              placeholder="moved to the new team"
              maxLength={200}
            />
            <p class="quiet">It stands in the history of all four levels and moves none.</p>
            <FormEnd problem={problem} action="Mark" />
          </form>
        </Dialog>
      )}
    </>
  );
}
