import type { Brief } from '../../../companion/protocol/index.ts';
import { useNow } from '../../data/use-now.ts';
import { HOUR, span, weekdayAndTime } from '../../model/time.ts';
import { IconButton } from '../../parts/button.tsx';

/** What the page is about: folder, branch, the moment, and how long it has been. It is there before the brief is. */
export function BriefHead({ brief, scan }: { brief?: Brief; scan?(): void }) {
  const now = useNow();
  const away = brief?.awayMs != null && brief.awayMs >= HOUR ? `, after ${span(brief.awayMs)} away` : '';
  return (
    <header class="page-head">
      <div>
        <h1>Where you are</h1>
        <p class="sub">
          {brief && (
            <>
              <bdi>{brief.name}</bdi>
              {brief.branch !== null && (
                <>
                  {', on '}
                  <bdi>{brief.branch}</bdi>
                </>
              )}
              {' · '}
            </>
          )}
          {weekdayAndTime(now)}
          {away}
        </p>
      </div>
      {scan && <IconButton icon="refresh" label="Read the repository again" onClick={scan} />}
    </header>
  );
}
