import type { ChatTurn } from '../../../companion/protocol/index.ts';
import { leavesMachine } from '../../model/answered-by.ts';
import { underAnswer } from '../../model/chat-turns.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { AnswerText } from './answer-text.tsx';
import type { Running } from './chat-desk.ts';
import { Sources } from './sources.tsx';

function QuestionHead({ text }: { text: string }) {
  return (
    <h2 class="question-text" dir="auto">
      <span class="unseen">You asked: </span>
      <bdi>{text}</bdi>
    </h2>
  );
}

/** One question and its answer, as it was stored. */
export function TurnView({ turn }: { turn: ChatTurn }) {
  return (
    <article class="turn" aria-label={turn.question.slice(0, 80)}>
      <QuestionHead text={turn.question} />
      {turn.answer.trim() !== '' && <AnswerText text={turn.answer} citations={turn.citations} />}
      {turn.answer.trim() === '' && turn.outcome !== 'writing' && <p class="quiet">Nothing was written.</p>}
      <Sources citations={turn.citations} />
      <p class="loop-meta turn-end">
        {leavesMachine(turn.answeredBy) && <Icon name="link-external" />}
        {underAnswer(turn).join(' ')} <Moment at={turn.at} />
      </p>
    </article>
  );
}

interface RunningProps {
  running: Running;
  again(): void;
  dismiss(): void;
}

/** The answer under way: what it is doing, then its text as it comes; or that no more of it comes here. */
export function RunningView({ running, again, dismiss }: RunningProps) {
  const { state, text, step, question, problem } = running;
  const lost = state === 'lost';
  return (
    <article class="turn" aria-label={question.slice(0, 80)} aria-busy={!lost}>
      <QuestionHead text={question} />
      {text !== '' && <AnswerText text={text} citations={[]} />}
      {!lost && (text === '' || state === 'stopping') && (
        <p class="step">
          <span class="step-mark" aria-hidden="true" />
          {state === 'stopping' ? 'Stopping …' : (step ?? 'Thinking …')}
        </p>
      )}
      {!lost && text !== '' && state !== 'stopping' && <span class="caret" aria-hidden="true" />}
      {lost && (
        <div class="lost" role="note">
          <p>
            <Icon name="debug-disconnect" /> {problem} If the companion finished it, it appears here by
            itself.
          </p>
          <div class="control-row">
            <Button icon="refresh" onClick={again}>
              Ask again
            </Button>
            <Button onClick={dismiss}>Let it go</Button>
          </div>
        </div>
      )}
    </article>
  );
}
