import { Link } from '../../app/link.tsx';
import { type GlobeFilter, NO_FILTER } from '../../model/globe/globe-filter.ts';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Blank } from '../../parts/states.tsx';

/** Before there is anything. */
export function EmptyGlobe() {
  return (
    <Blank icon="globe" title="Nothing to show yet">
      <p>
        Each thread of work, note and decision becomes a point: the newest on the belt, the oldest near the
        poles, with its like beside it.
      </p>
      <Link to={to('loops')} class="button primary">
        <Icon name="list-unordered" /> See open threads
      </Link>
    </Blank>
  );
}

/** There is something, but nothing that fits. */
export function NothingFits({
  time,
  setFilter,
  toNow,
}: {
  time: number | null;
  setFilter(filter: GlobeFilter): void;
  toNow(): void;
}) {
  return (
    <Blank icon="filter" title={time === null ? 'No point fits' : 'No point fits at that time'}>
      <p>The filters and the time hold for the globe and for this list alike.</p>
      <div class="control-row">
        <Button icon="close" onClick={() => setFilter(NO_FILTER)}>
          Show all
        </Button>
        {time !== null && (
          <Button icon="clockface" onClick={toNow}>
            Back to now
          </Button>
        )}
      </div>
    </Blank>
  );
}
