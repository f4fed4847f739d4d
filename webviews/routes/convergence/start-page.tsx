import { Button } from '../../parts/button.tsx';
import type { Conversation } from './convergence-route.tsx';
import { SkipAll } from './skip-all.tsx';

/** What it is about, and how much of it. */
export function StartPage(conversation: Conversation) {
  const { convergence, go, refused } = conversation;
  const begin = (form: 'short' | 'long') => go(form === 'long' ? 'name' : 'flow', form);
  const started = convergence.stage !== 'new';
  return (
    <section class="page" aria-labelledby="start-title">
      <h2 id="start-title" class="question">
        A few questions, so that it fits you
      </h2>
      <p>
        When you are in flow, what must never happen, when you would rather be left alone. Your answers say
        when Progeny stays quiet and what it may lean on later. They are kept on this machine, grant it
        nothing, and each of them can be skipped, changed or taken back.
      </p>
      <div class="choices">
        <Button primary icon="debug-start" onClick={() => begin('short')}>
          Eight questions
        </Button>
        <Button onClick={() => begin('long')}>Fourteen questions</Button>
      </div>
      <p class="quiet">About five minutes, or ten. At the end you see what was understood, line by line.</p>
      <p role="alert" class="form-problem">
        {refused}
      </p>
      <footer class="steps">
        <Button onClick={() => go('machine')}>What is on this machine</Button>
        {started ? (
          <Button onClick={() => go('mirror')}>What I understood</Button>
        ) : (
          <SkipAll {...conversation} />
        )}
      </footer>
    </section>
  );
}
