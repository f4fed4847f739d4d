import { useState } from 'preact/hooks';
import { useNow } from '../../data/use-now.ts';
import { grantStanding } from '../../model/grant-words.ts';
import { Button } from '../../parts/button.tsx';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { WheelNav } from '../wheel/wheel-nav.tsx';
import { GiveLeave } from './give-leave.tsx';
import { GrantCard } from './grant-card.tsx';
import { TierPart } from './tier-part.tsx';
import { useGrants, useStanding } from './use-grants.ts';

/** Leave that was given, what may be done without any, and how to give more or take it back. */
export function GrantsRoute() {
  const live = useGrants();
  const standing = useStanding();
  const now = useNow();
  const [giving, setGiving] = useState(false);
  const grants = live.data ?? [];
  const counting = grants.filter((grant) => grantStanding(grant, now) === 'live');
  const ended = grants.filter((grant) => grantStanding(grant, now) !== 'live');
  return (
    <div class="split">
      <header class="page-head">
        <div>
          <h1>
            Leave you gave <small>· grants</small>
          </h1>
          <p class="sub">For one thing, in one folder, for a time; taken back at once</p>
        </div>
        <div class="head-actions">
          <Button icon="add" primary onClick={() => setGiving(true)}>
            Give leave
          </Button>
        </div>
      </header>
      <div class="split-main">
        <WheelNav current="grants" />
        {live.problem && live.data && <ProblemStrip problem={live.problem} at={live.at} />}
        {live.problem && !live.data && <ProblemBlank problem={live.problem} retry={live.refresh} />}
        {!live.problem && !live.data && <Skeleton rows={3} label="Loading the leave that you gave" />}
        {live.data && counting.length === 0 && (
          <Blank icon="key" title="You gave no leave in this folder">
            <p>
              Then nothing is done here but what you say yes to, preview by preview. That is a fine way to use
              it.
            </p>
          </Blank>
        )}
        {counting.length > 0 && (
          <section aria-labelledby="counting-title">
            <h2 class="group-head" id="counting-title">
              Counts now
            </h2>
            <ul class="cards">
              {counting.map((grant) => (
                <GrantCard key={grant.id} grant={grant} now={now} changed={live.refresh} />
              ))}
            </ul>
          </section>
        )}
        {standing.data && <TierPart standing={standing.data} />}
        {ended.length > 0 && (
          <section aria-labelledby="ended-title">
            <h2 class="group-head" id="ended-title">
              Ended
            </h2>
            <ul class="cards">
              {ended.map((grant) => (
                <GrantCard key={grant.id} grant={grant} now={now} changed={live.refresh} />
              ))}
            </ul>
          </section>
        )}
      </div>
      {giving && (
        <GiveLeave
          onClose={() => setGiving(false)}
          given={(grant) => live.set((all) => [grant, ...all.filter(({ id }) => id !== grant.id)])}
        />
      )}
    </div>
  );
}
