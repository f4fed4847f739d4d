import { useState } from 'preact/hooks';
import type { Loop } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { problemOf } from '../../model/problem.ts';
import { PRIORITY_WORDS } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Checkbox, TextArea, TextField } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';

/** Opens a thread by hand. */
export function NewThread({ onClose, added }: { onClose(): void; added(loop: Loop): void }) {
  const { client, host, workspace, notify } = useSession();
  const [title, setTitle] = useState('');
  const [context, setContext] = useState('');
  const [priority, setPriority] = useState<Loop['priority']>('normal');
  const [hidden, setHidden] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const open = async (event: Event) => {
    event.preventDefault();
    if (title.trim() === '') return setProblem('It needs a title: what is open?');
    try {
      const loop = await client.api.loops.open({
        workspace: workspace ?? '',
        title: title.trim(),
        context: context.trim(),
        priority,
        private: hidden,
      });
      added(loop);
      onClose();
      host.navigation.go(to('loops', loop.id));
      notify({ tone: 'done', text: `Opened: ${loop.title}` });
    } catch (error) {
      setProblem(`It was not saved. ${problemOf(error).text}`);
    }
  };

  return (
    <Dialog title="New thread" subtitle="loop" onClose={onClose}>
      <form class="form" onSubmit={(event) => void open(event)}>
        <TextField label="What is open?" autofocus maxLength={200} value={title} onInput={setTitle} />
        <TextArea
          label="What should you know when you come back?"
          maxLength={10_000}
          value={context}
          onInput={setContext}
        />
        <div class="control-row">
          <Select
            label="Priority"
            value={priority}
            options={PRIORITY_WORDS}
            onChange={(next) => setPriority(next)}
          />
          <Checkbox label="Private: never exported" checked={hidden} onChange={setHidden} />
        </div>
        <FormEnd problem={problem} action="Open thread" />
      </form>
    </Dialog>
  );
}

/** The last line of a form: what is wrong with it, and the button that sends it. */
export function FormEnd({ problem, action }: { problem: string | null; action: string }) {
  return (
    <div class="form-end">
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <Button type="submit" primary>
        {action}
      </Button>
    </div>
  );
}
