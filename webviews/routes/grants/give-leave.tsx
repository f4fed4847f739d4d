import { useState } from 'preact/hooks';
import type { Grant, WheelCapability } from '../../../companion/protocol/index.ts';
import { CAPABILITY_WORDS } from '../../../companion/protocol/wheel-words.ts';
import { useSession } from '../../data/session.ts';
import { parseArgv } from '../../model/argv.ts';
import { problemOf } from '../../model/problem.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Checkbox, TextArea, TextField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';
import { FormEnd } from '../loops/new-thread.tsx';

const DAYS = { '1': '1 day', '7': '7 days', '30': '30 days', '90': '90 days' } as const;
const NAMES = new Map(
  (Object.keys(CAPABILITY_WORDS) as WheelCapability[]).map(
    (name) => [name, CAPABILITY_WORDS[name].word] as const,
  ),
);

/** Gives leave: says what it allows before it is given. */
export function GiveLeave({ onClose, given }: { onClose(): void; given(grant: Grant): void }) {
  const { client, workspace, notify } = useSession();
  const [capability, setCapability] = useState<WheelCapability>('edit');
  const [places, setPlaces] = useState('');
  const [program, setProgram] = useState('');
  const [days, setDays] = useState<keyof typeof DAYS>('30');
  const [silence, setSilence] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const runs = capability === 'command' || capability === 'network';
  const argv = runs ? parseArgv(program) : [];
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    if (argv === null) return setProblem('A quote does not end.');
    if (capability === 'command' && argv.length === 0)
      return setProblem('It needs the program, as “npm run lint”.');
    setBusy(true);
    setProblem(null);
    try {
      const grant = await client.api.grants.give({
        capability,
        workspace: workspace ?? '',
        paths: places
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== ''),
        argv: argv.length > 0 ? argv : null,
        silence,
        days: Number(days),
      });
      given(grant);
      onClose();
      notify({ tone: 'done', text: `Given for ${DAYS[days]}: ${CAPABILITY_WORDS[capability].word}` });
    } catch (error) {
      setBusy(false);
      setProblem(`Not given. ${problemOf(error).text}`);
    }
  };
  return (
    <Dialog title="Give leave" subtitle="grant" onClose={onClose}>
      <form class="form" aria-busy={busy} onSubmit={(event) => void submit(event)}>
        <Select label="For what" value={capability} options={NAMES} onChange={setCapability} />
        <p class="quiet">{CAPABILITY_WORDS[capability].allows}</p>
        {runs && (
          <TextField
            label={
              capability === 'command'
                ? 'Programs whose arguments begin with'
                : 'Only programs whose arguments begin with (empty: all that it may run)'
            }
            value={program}
            onInput={setProgram}
            placeholder="npm run lint"
            maxLength={2000}
          />
        )}
        {runs && argv !== null && argv.length > 0 && (
          <p class="argv">
            <span class="quiet">Read as</span>
            {argv.map((word, i) => (
              <code key={i}>
                <bdi>{word === '' ? '“”' : word}</bdi>
              </code>
            ))}
          </p>
        )}
        <TextArea
          label="Only below these folders or files, one a line (empty: the whole folder)"
          value={places}
          onInput={setPlaces}
          placeholder={'src\ndocs'}
          rows={2}
        />
        <Select label="For how long" value={days} options={DAYS} onChange={setDays} />
        <Checkbox
          label="Silence is consent: from tier T3 on, it begins when a countdown that I can see ends"
          checked={silence}
          onChange={setSilence}
        />
        <p class="quiet">
          Only in this folder. You can take it back at any moment, also while something runs.
        </p>
        <FormEnd problem={problem} action="Give leave" />
      </form>
    </Dialog>
  );
}
