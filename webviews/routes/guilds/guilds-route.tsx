import { useState } from 'preact/hooks';
import type { Guild } from '../../../companion/protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { useGuilds, useMasks } from '../council/use-council.ts';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { EditGuild } from './edit-guild.tsx';
import { GuildCard } from './guild-card.tsx';
import { NewGuild } from './new-guild.tsx';

/** Panels of advisers: who votes together, and how often they agreed. */
export function GuildsRoute() {
  const live = useGuilds();
  const masks = useMasks();
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<Guild | null>(null);
  const all = live.data;
  return (
    <div class="split">
      <header class="page-head">
        <div>
          <h1>
            Panels <small>· guilds</small>
          </h1>
          <p class="sub">Who votes together, on which threads</p>
        </div>
        <div class="head-actions">
          {all && all.length > 0 && (
            <Button icon="add" primary onClick={() => setMaking(true)}>
              New panel
            </Button>
          )}
        </div>
      </header>
      <div class="split-main">
        {live.problem && all && <ProblemStrip problem={live.problem} at={live.at} />}
        {live.problem && !all && <ProblemBlank problem={live.problem} retry={live.refresh} />}
        {!live.problem && !all && <Skeleton rows={3} label="Loading the panels" />}
        {all && all.length === 0 && (
          <Blank icon="organization" title="No panel yet">
            <p>A panel (guild) is a few advisers that vote together, and the threads that they share.</p>
            <Button onClick={() => setMaking(true)}>Make a panel</Button>
          </Blank>
        )}
        {all && all.length > 0 && (
          <ul class="cards">
            {all.map((guild) => (
              <GuildCard
                key={guild.id}
                guild={guild}
                masks={masks.data?.masks ?? []}
                changed={live.refresh}
                edit={() => setEditing(guild)}
              />
            ))}
          </ul>
        )}
      </div>
      {making && <NewGuild onClose={() => setMaking(false)} made={live.refresh} />}
      {editing && (
        <EditGuild
          guild={editing}
          masks={masks.data?.masks ?? []}
          onClose={() => setEditing(null)}
          changed={live.refresh}
        />
      )}
    </div>
  );
}
