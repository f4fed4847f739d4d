import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConvergenceQuestion } from '../../../companion/protocol/index.ts';
import { besides } from '../../model/convergence.ts';
import { Button } from '../../parts/button.tsx';
import type { Conversation } from './convergence-route.tsx';
import { focusFirst, PartField } from './part-field.tsx';
import { SkipAll } from './skip-all.tsx';

/** One question, with the way back and three ways on. */
export function QuestionPage({
  question,
  ...conversation
}: Conversation & { question: ConvergenceQuestion }) {
  const { convergence, form, busy, refused, change, go } = conversation;
  const { id, help, parts } = question;
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(question.answer);
  const fields = useRef<HTMLDivElement>(null);
  const { before, after, number } = besides(convergence, id);
  const of = convergence.questions.length;
  const chosen = form ? { form } : {};

  useEffect(() => void focusFirst(fields.current), [id]);
  // The field that was not understood is where to go on.
  useEffect(() => {
    if (refused !== null) void focusFirst(fields.current);
  }, [refused]);

  const next = async () => {
    const answer = Object.fromEntries(parts.map((part) => [part.id, typed[part.id] ?? '']));
    if (await change((api) => api.convergence.answer({ question: id, answer, ...chosen }))) go(after);
  };
  const skip = async () => {
    if (await change((api) => api.convergence.skip({ question: id, ...chosen }))) go(after);
  };
  const keys = (event: KeyboardEvent) => {
    const inLines = event.composedPath().some((each) => each instanceof HTMLTextAreaElement);
    if (event.key !== 'Enter' || event.isComposing || (inLines && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    void next();
  };

  return (
    <form
      class="page"
      aria-labelledby="question-title"
      aria-describedby="question-help"
      aria-busy={busy}
      onSubmit={(event) => {
        event.preventDefault();
        void next();
      }}
    >
      <div class="progress">
        <progress value={number} max={of} aria-label={`Question ${number} of ${of}`} />
        <span aria-hidden="true">
          {number} of {of}
        </span>
      </div>
      <h2 id="question-title" class="question">
        {question.question}
      </h2>
      <p id="question-help" class="quiet">
        {help}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields inside, which bubble up here */}
      <div class="answer" ref={fields} onKeyDown={keys}>
        {parts.map((part) => (
          <PartField
            key={part.id}
            part={part}
            value={typed[part.id] ?? ''}
            onInput={(text) => setTyped((all) => ({ ...all, [part.id]: text }))}
          />
        ))}
      </div>
      <p role="alert" class="form-problem">
        {refused}
      </p>
      <footer class="steps">
        <Button icon="arrow-left" onClick={() => go(before)}>
          Back
        </Button>
        <span class="steps-on">
          <SkipAll {...conversation} />
          <Button aria-disabled={busy} onClick={() => void skip()}>
            Skip
          </Button>
          <Button type="submit" primary aria-disabled={busy}>
            Next
          </Button>
        </span>
      </footer>
    </form>
  );
}
