import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { DEFAULT_THOUGHT_FILTER, isNarrowedThoughts, type ThoughtFilter } from '../../model/thoughts.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';

interface Props {
  filter: ThoughtFilter;
  setFilter(filter: ThoughtFilter): void;
}

/** Nothing to show: because nothing fits, or because nothing was asked yet. */
export function EmptyThoughts({ filter, setFilter }: Props) {
  const { everywhere } = filter;
  const wider = !everywhere && (
    <Button onClick={() => setFilter({ ...filter, everywhere: true })}>Look everywhere</Button>
  );
  if (isNarrowedThoughts(filter))
    return (
      <Blank icon="search" title="No thought fits">
        <p>Thoughts are found by their own words and those of their question. Try other words, or fewer.</p>
        <div class="control-row">
          {wider}
          <Button onClick={() => setFilter({ ...DEFAULT_THOUGHT_FILTER, everywhere })}>Every thought</Button>
        </div>
      </Blank>
    );
  return (
    <Blank icon="lightbulb" title="No thoughts yet">
      <p>
        When you ask something, each step on the way to the answer is noted here: how the question was read,
        where was looked, what was weighed, how the answer was written. They are forgotten with their
        conversation.
      </p>
      <Link to={to('chat', null, { new: '1' })}>Ask something</Link>
      {wider}
    </Blank>
  );
}
