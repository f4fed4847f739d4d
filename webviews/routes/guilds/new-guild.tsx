import { useState } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { problemOf } from '../../model/problem.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Checkbox, TextField } from '../../parts/fields.tsx';
import { useMasks } from '../council/use-council.ts';
import { FormEnd } from '../loops/new-thread.tsx';

const YOU = { id: 'creator', name: 'You' };

/** A panel of two to twelve. */
export function NewGuild({ onClose, made }: { onClose(): void; made(): void }) {
  const { client, notify } = useSession();
  const masks = useMasks();
  const [name, setName] = useState('');
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const candidates = [YOU, ...(masks.data?.masks.filter(({ status }) => status === 'active') ?? [])];
  const submit = async () => {
    if (name.trim() === '') return setProblem('It needs a name.');
    if (members.size < 2) return setProblem('It takes two members at least.');
    try {
      const guild = await client.api.guilds.create({ name: name.trim(), members: [...members] });
      onClose();
      made();
      notify({ tone: 'done', text: `Made: ${guild.name}` });
    } catch (error) {
      setProblem(`Not made. ${problemOf(error).text}`);
    }
  };
  return (
    <Dialog title="New panel" subtitle="guild" onClose={onClose}>
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
          placeholder="Releases"
          maxLength={60}
          autofocus
        />
        <fieldset class="members">
          <legend>Who votes in it</legend>
          {candidates.map(({ id, name: who }) => (
            <Checkbox
              key={id}
              label={who}
              checked={members.has(id)}
              onChange={(wanted) =>
                setMembers(new Set(wanted ? [...members, id] : [...members].filter((each) => each !== id)))
              }
            />
          ))}
        </fieldset>
        <FormEnd problem={problem} action="Make the panel" />
      </form>
    </Dialog>
  );
}
