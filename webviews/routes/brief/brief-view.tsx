import type { Brief } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { HOUR } from '../../model/time.ts';
import { count } from '../../model/words.ts';
import { Strip } from '../../parts/states.tsx';
import { BriefHead } from './brief-head.tsx';
import { BriefPart } from './brief-part.tsx';
import { EmptyBrief } from './empty-brief.tsx';
import { InFlight } from './in-flight.tsx';
import { NextSteps } from './next-steps.tsx';
import { Statement } from './statement.tsx';

/** One screen: last, in flight, while you were away, next. */
export function BriefView({ brief, scan }: { brief: Brief; scan(): void }) {
  const { workspace } = brief;
  const empty = !brief.last && brief.loops.length === 0 && brief.next.length === 0;
  return (
    <article class="brief">
      <BriefHead brief={brief} scan={scan} />
      <Coverage brief={brief} />
      {empty && brief.coverage !== 'scanning' && <EmptyBrief />}
      {brief.last && (
        <BriefPart id="last" title="Last">
          <Statement workspace={workspace} line={brief.last} />
        </BriefPart>
      )}
      {brief.loops.length > 0 && (
        <BriefPart id="in-flight" title="In flight" product="loops">
          <InFlight loops={brief.loops} />
          {brief.openLoops > brief.loops.length && (
            <p class="more">
              <Link to={to('loops')}>All {count(brief.openLoops, 'open thread')}</Link>
            </p>
          )}
        </BriefPart>
      )}
      {(brief.away.length > 0 || (brief.awayMs ?? 0) > HOUR) && !empty && (
        <BriefPart id="away" title="While you were away">
          {brief.away.length === 0 && <p class="quiet">Nothing came in from others.</p>}
          {brief.away.map((line) => (
            <Statement key={line.text} workspace={workspace} line={line} />
          ))}
        </BriefPart>
      )}
      {brief.next.length > 0 && (
        <BriefPart id="next" title="Next">
          <NextSteps workspace={workspace} steps={brief.next} />
        </BriefPart>
      )}
    </article>
  );
}

/** How complete the brief is, in words; nothing when it is. */
function Coverage({ brief }: { brief: Brief }) {
  if (brief.coverage === 'fresh' && brief.notes.length === 0) return null;
  const scanning = brief.coverage === 'scanning';
  return (
    <Strip tone={brief.coverage === 'partial' ? 'warning' : 'info'}>
      {scanning && <p>Reading the repository. What stands here is right, and more may come.</p>}
      {brief.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </Strip>
  );
}
