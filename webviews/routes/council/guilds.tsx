import { useState } from 'preact/hooks';
import type { Guild } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { TONE_WORDS } from '../../model/council-words.ts';
import { percent } from '../../model/why.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { NewGuild } from './new-guild.tsx';
import { useAct, useGuilds } from './use-council.ts';

/** Panels of advisers: who votes together, and how often they agreed. */
export function Guilds() {
  const live = useGuilds();
  const [making, setMaking] = useState(false);
  const all = live.data;
  return (
    <>
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
        <>
          <div class="control-row panel-row">
            <Button icon="add" onClick={() => setMaking(true)}>
              New panel
            </Button>
          </div>
          <ul class="cards">
            {all.map((guild) => (
              <GuildCard key={guild.id} guild={guild} changed={live.refresh} />
            ))}
          </ul>
        </>
      )}
      {making && <NewGuild onClose={() => setMaking(false)} made={live.refresh} />}
    </>
  );
}

const ROLES: Record<Guild['members'][number]['role'], string> = {
  lead: ' (lead)',
  voter: '',
  observer: ' (does not vote)',
};

function GuildCard({ guild, changed }: { guild: Guild; changed(): void }) {
  const { client } = useSession();
  const { run } = useAct();
  const { id, name, members, loops, tone, agreement, blesses, status } = guild;
  const dissolve = () =>
    run(async () => {
      await client.api.guilds.update({ id, status: 'dissolved' });
      changed();
    }, `Dissolved: ${name}. Its votes stay.`);
  const facts = [
    count(loops.length, 'shared thread'),
    agreement === null
      ? 'no vote yet'
      : `agreed with what was decided in ${percent(agreement)} of its rounds`,
    ...(blesses ? ['may sign off work'] : []),
    ...(tone === null ? [] : [TONE_WORDS[tone]]),
    ...(status === 'dissolved' ? ['dissolved'] : []),
  ];
  return (
    <li class={`card ${status === 'dissolved' ? 'past' : ''}`}>
      <div class="card-head">
        <Icon name="organization" />
        <h2>
          <bdi>{name}</bdi>
        </h2>
        {status === 'active' && (
          <Menu
            icon="ellipsis"
            label={`More for ${name}`}
            items={[{ id: 'dissolve', label: 'Dissolve', icon: 'archive', run: dissolve }]}
          />
        )}
      </div>
      <p>
        {members.map(({ member, name: who, role }, i) => (
          <span key={member}>
            {i > 0 && ', '}
            <bdi>{who}</bdi>
            {ROLES[role]}
          </span>
        ))}
      </p>
      <p class="loop-meta">{facts.join(' · ')}</p>
    </li>
  );
}
