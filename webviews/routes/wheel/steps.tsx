import type { WheelRun } from '../../../companion/protocol/index.ts';
import { visibleLine, visibleText } from '../../../companion/protocol/visible-text.ts';
import { STEP_WORDS } from '../../model/wheel-view.ts';
import { Icon } from '../../parts/icon.tsx';

/** What it does, one after the other, and how each went. */
export function Steps({ run: { steps } }: { run: WheelRun }) {
  if (steps.length === 0) return null;
  return (
    <section class="run-part" aria-labelledby="steps-title">
      <h2 id="steps-title">Steps</h2>
      <ol class="run-steps">
        {steps.map(({ words, status, note }, i) => (
          <li
            key={i}
            class={`run-step ${status}`}
            {...(status === 'running' && { 'aria-current': 'step' as const })}
          >
            <Icon name={STEP_WORDS[status].icon} />
            <div>
              <p>
                <bdi>{visibleLine(words)}</bdi> <span class="tag">{STEP_WORDS[status].word}</span>
              </p>
              {note !== null && note !== '' && (
                <Note text={note} open={status === 'failed' || status === 'refused'} />
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const SHORT = 200;

/** What is to be said of a step; what a program wrote at length is folded, unless it is why the step failed. */
function Note({ text, open }: { text: string; open: boolean }) {
  const said = <p class="step-note">{visibleText(text)}</p>;
  if (text.length <= SHORT) return said;
  return (
    <details open={open}>
      <summary>What it said</summary>
      {said}
    </details>
  );
}
