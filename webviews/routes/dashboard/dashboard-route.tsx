import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { to } from '../../model/location.ts';
import { RANGES, type Range, rangeOfQuery } from '../../model/overview/range.ts';
import { CouncilCard } from './council-card.tsx';
import { GrowthCard } from './growth-card.tsx';
import { HealthCard } from './health-card.tsx';
import { JobsCard } from './jobs-card.tsx';
import { LevelsCard } from './levels-card.tsx';
import { LoopsCard } from './loops-card.tsx';
import { StandingCard } from './standing-card.tsx';
import { TapsCard } from './taps-card.tsx';

/** How it goes: the service, how it stands to the reader, the work, what interrupted, what is remembered. */
export function DashboardRoute({ location }: RouteProps) {
  const { host } = useSession();
  const range = rangeOfQuery(location.query);
  // A minute does not move a picture of days; the day does.
  const now = Math.floor(useNow() / 60_000) * 60_000;
  const go = (change: Record<string, string>) =>
    host.navigation.go(to('dashboard', null, { ...location.query, ...change }), { replace: true });
  const window = { range, now };
  return (
    <div class="dash">
      <header class="page-head">
        <div>
          <h1>
            How it goes <small>· dashboard</small>
          </h1>
          <p class="sub">
            What Progeny did, what moved it, and how your work went. All of it from this machine.
          </p>
        </div>
        <Ranges range={range} choose={(each) => go({ range: String(each) })} />
      </header>
      <StandingCard />
      <div class="dash-columns">
        <div class="dash-column">
          <LevelsCard {...window} query={location.query} go={go} />
          <LoopsCard {...window} />
          <GrowthCard {...window} />
        </div>
        <div class="dash-column">
          <JobsCard />
          <HealthCard />
          <CouncilCard />
          <TapsCard {...window} />
        </div>
      </div>
    </div>
  );
}

function Ranges({ range, choose }: { range: Range; choose(range: Range): void }) {
  const all = Object.entries(RANGES).map(([days, word]) => ({ days: Number(days) as Range, word }));
  return (
    <fieldset class="segments">
      <legend class="unseen">How far back</legend>
      {all.map(({ days, word }) => (
        <label key={days} class={days === range ? 'segment on' : 'segment'}>
          <input
            type="radio"
            name="range"
            class="unseen"
            value={days}
            checked={days === range}
            onChange={() => choose(days)}
          />
          {word}
        </label>
      ))}
    </fieldset>
  );
}
