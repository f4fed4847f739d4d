import { useState } from 'preact/hooks';
import type { Mask, MaskPriorities } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { PRIORITY_NAMES } from '../../model/council-words.ts';
import { problemOf } from '../../model/problem.ts';
import { percent } from '../../model/why.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { FormEnd } from '../loops/new-thread.tsx';

interface Props {
  mask: Mask;
  onClose(): void;
  made(): void;
}

/** Another mask after one that there is: its kind and voice, with a name and priorities of its own. */
export function ForkDialog({ mask, onClose, made }: Props) {
  const { client, notify } = useSession();
  const [name, setName] = useState('');
  const [priorities, setPriorities] = useState<MaskPriorities>(mask.priorities);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    if (name.trim() === '') return setProblem('It needs a name.');
    try {
      const fork = await client.api.advisers.fork({ id: mask.id, name: name.trim(), priorities });
      onClose();
      made();
      notify({ tone: 'done', text: `${fork.name} votes from now on.` });
    } catch (error) {
      setProblem(`Not made. ${problemOf(error).text}`);
    }
  };
  return (
    <Dialog title="Another adviser" subtitle={`after ${mask.name}`} onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField
          label="Name"
          value={name}
          onInput={setName}
          placeholder="Needle"
          maxLength={40}
          autofocus
        />
        <fieldset class="members">
          <legend>What it cares about; one of them must differ by more than .1</legend>
          {(Object.keys(PRIORITY_NAMES) as (keyof MaskPriorities)[]).map((care) => (
            <label key={care} class="care">
              <span>{PRIORITY_NAMES[care]}</span>
              <input
                type="range"
                min="0"
                max="1"
                step="0.05"
                value={priorities[care]}
                onInput={(event) =>
                  setPriorities({ ...priorities, [care]: Number(event.currentTarget.value) })
                }
              />
              <output>{percent(priorities[care])}</output>
            </label>
          ))}
        </fieldset>
        <FormEnd problem={problem} action="Make the adviser" />
      </form>
    </Dialog>
  );
}
