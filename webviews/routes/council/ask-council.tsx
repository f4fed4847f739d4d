import { useState } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextArea, TextField } from '../../parts/fields.tsx';
import { FormEnd } from '../loops/new-thread.tsx';
import { SessionOptions } from './session-options.tsx';
import { useSessionOfCouncil } from './use-session-of-council.ts';

/** A question of one's own, with what there is to choose from. */
export function AskCouncil({ onClose }: { onClose(): void }) {
  const { workspace } = useSession();
  const [question, setQuestion] = useState('');
  const [typed, setTyped] = useState('');
  const { sitting, problem, setProblem, convene, options, asked } = useSessionOfCouncil(onClose);
  const choices = [...new Set(typed.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
  const submit = () => {
    if (question.trim() === '') return setProblem('It needs a question.');
    if (choices.length < 2) return setProblem('It takes two options at least, one a line.');
    if (choices.length > 7) return setProblem(`Seven options at most; there are ${choices.length}.`);
    void convene((api, call) =>
      api.council.ask(
        { question: question.trim(), options: choices, ...(workspace !== null && { workspace }), ...asked },
        call,
      ),
    );
  };
  return (
    <Dialog title="Ask the council" onClose={onClose}>
      <form
        class="form"
        aria-busy={sitting}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label="What is the question?"
          value={question}
          onInput={setQuestion}
          placeholder="Where do we keep the sessions?"
          maxLength={1000}
          autofocus
        />
        <TextArea
          label="What can be chosen? One option a line"
          value={typed}
          onInput={setTyped}
          placeholder={'In SQLite\nIn files'}
          maxLength={1500}
        />
        <SessionOptions {...options} />
        <FormEnd problem={problem} action={sitting ? 'They are voting …' : 'Ask'} />
      </form>
    </Dialog>
  );
}
