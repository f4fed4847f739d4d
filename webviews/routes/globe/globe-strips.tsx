import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { Button } from '../../parts/button.tsx';
import { Command, Strip } from '../../parts/states.tsx';
import { ProblemStrip } from '../problem-view.tsx';
import type { GlobeDeskState } from './globe-desk.ts';

/** How much was read, while it is read. */
export function Progress({ state: { looked, total, done } }: { state: GlobeDeskState }) {
  if (done || total === 0) return null;
  const words = `${looked.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')}`;
  return (
    <p class="globe-progress" role="status">
      <progress max={total} value={looked} aria-label="Read" /> {words}
    </p>
  );
}

/** What is missing from the picture, and what to do about it. */
export function GlobeStrips({
  state,
  lost,
  empty,
  retry,
}: {
  state: GlobeDeskState;
  lost: boolean;
  empty: boolean;
  retry(): void;
}) {
  const { client } = useSession();
  const amnesia = useStatus(client)?.state === 'AMNESIA';
  const { problem, done, clusters } = state;
  return (
    <>
      {problem && !empty && <ProblemStrip problem={problem} at={null} />}
      {problem && !empty && !done && problem.kind !== 'offline' && (
        <p class="globe-progress">
          <Button icon="refresh" onClick={retry}>
            Read on
          </Button>
        </p>
      )}
      {lost && (
        <Strip tone="info">
          This display cannot draw the globe (it offers no WebGL 2). The list holds the same points, filters
          and times.
        </Strip>
      )}
      {!empty && done && clusters.length === 0 && (
        <Strip tone="info">
          {amnesia ? (
            <>
              Themes need a sentence model; until there is one, points stand by kind. Name its folder in the
              setting <Command>progeny.memory.model</Command>.
            </>
          ) : (
            'No themes were found yet: they are drawn at night. Until then points stand by kind.'
          )}
        </Strip>
      )}
    </>
  );
}
