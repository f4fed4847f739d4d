import type { Status } from '../../../companion/protocol/index.ts';
import { type AskerPlace, placeWords } from '../../model/asker-place.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';
import { ModelHelp } from './model-help.tsx';

interface Props {
  status: Status | null;
  place: AskerPlace | null;
  ask(question: string): void;
  begin(text: string): void;
}

/** No question yet: what can be asked, and who would answer. */
export function EmptyChat({ status, place, ask, begin }: Props) {
  return (
    <Blank icon="comment-discussion" title="Ask about your work">
      <p>
        The answer comes from what is remembered, from your threads and from git, and names its sources: each
        is a click away.
      </p>
      <div class="control-row">
        <Button onClick={() => ask('Where was I?')}>Where was I?</Button>
        {place && (
          <Button onClick={() => ask('What is open in this file?')}>
            What is open in {placeWords(place)}?
          </Button>
        )}
        <Button onClick={() => begin('Why did we choose ')}>Why did we choose …?</Button>
      </div>
      {status !== null && status.answeredBy === null && <ModelHelp />}
    </Blank>
  );
}
