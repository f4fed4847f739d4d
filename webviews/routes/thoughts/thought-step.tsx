import { useState } from 'preact/hooks';
import type { AnsweredBy, Thought } from '../../../companion/protocol/index.ts';
import { visibleText } from '../../../companion/protocol/visible-text.ts';
import { writerWords } from '../../model/answered-by.ts';
import { STEP_WORDS, took } from '../../model/thoughts.ts';
import { Icon } from '../../parts/icon.tsx';

/** More of one thought is shown when it is asked for. */
const FIRST = 420;

/** One step: what was done, how long it took, and what was noted of it. */
export function ThoughtStep({ thought, answeredBy }: { thought: Thought; answeredBy: AnsweredBy }) {
  const { word, icon, hint } = STEP_WORDS[thought.step];
  const [whole, setWhole] = useState(false);
  const time = took(thought.ms);
  const text = visibleText(thought.text).trim();
  const cut = !whole && text.length > FIRST + 80;
  // Said once, above, where it is the same.
  const another = thought.answeredBy !== null && thought.answeredBy.model !== answeredBy?.model;
  return (
    <li class="step-row">
      <span class="step-icon">
        <Icon name={icon} />
      </span>
      <div>
        <h3 title={hint}>
          {word} {time !== null && <small>· {time}</small>}
          {another && thought.answeredBy && <small> · {writerWords(thought.answeredBy)}</small>}
        </h3>
        {text !== '' && (
          <p class="step-text">
            <bdi>{cut ? `${text.slice(0, FIRST)}…` : text}</bdi>{' '}
            {cut && (
              <button type="button" class="opens more-of" onClick={() => setWhole(true)}>
                Show the whole
              </button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
