import type { Guild, Mask } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { ROLE_WORDS } from '../../model/council-words.ts';
import { percent } from '../../model/why.ts';
import { count } from '../../model/words.ts';
import { Icon } from '../../parts/icon.tsx';
import { MaskFace } from '../../parts/mask-face.tsx';
import { Menu } from '../../parts/menu.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { useAct } from '../council/use-council.ts';
import { ToneLabel } from '../masks/tone-label.tsx';
import { GuildLoops } from './guild-loops.tsx';

interface Props {
  guild: Guild;
  masks: readonly Mask[];
  changed(): void;
  edit(): void;
}

/** A panel at a glance: the faces of its members, how often they agreed, what they may do. */
export function GuildCard({ guild, masks, changed, edit }: Props) {
  const { client } = useSession();
  const { run } = useAct();
  const { id, name, members, loops, tone, agreement, blesses, status } = guild;
  const dissolved = status === 'dissolved';
  const dissolve = () =>
    run(async () => {
      await client.api.guilds.update({ id, status: 'dissolved' });
      changed();
    }, `Dissolved: ${name}. Its votes stay.`);
  return (
    <li class={`card ${dissolved ? 'past' : ''}`}>
      <div class="card-head">
        <h2>
          <bdi>{name}</bdi> {dissolved && <small>· dissolved</small>}
        </h2>
        {!dissolved && (
          <Menu
            icon="ellipsis"
            label={`More for ${name}`}
            items={[
              { id: 'edit', label: 'Name, members and roles…', icon: 'edit', run: edit },
              { id: 'dissolve', label: 'Dissolve', icon: 'archive', run: dissolve },
            ]}
          />
        )}
      </div>
      <ul class="guild-members" aria-label="Members">
        {members.map(({ member, name: who, role }) => (
          <li key={member}>
            <MemberFace mask={masks.find((mask) => mask.id === member)} />
            <span class="guild-name">
              <bdi>{who}</bdi>
            </span>
            <span class="quiet">{ROLE_WORDS[role]}</span>
          </li>
        ))}
      </ul>
      {agreement === null ? (
        <p class="loop-meta">It has not voted yet.</p>
      ) : (
        <div class="guild-agreement">
          <ShareBar share={agreement} />
          <p class="loop-meta">Agreed with what was decided in {percent(agreement)} of its rounds</p>
        </div>
      )}
      <p class="loop-meta">
        {tone !== null && (
          <>
            <ToneLabel tone={tone} /> ·{' '}
          </>
        )}
        {count(loops.length, 'shared thread')}
        {blesses && ' · may sign off work'}
      </p>
      {loops.length > 0 && <GuildLoops guild={id} loops={loops} />}
    </li>
  );
}

function MemberFace({ mask }: { mask: Mask | undefined }) {
  if (!mask) return <Icon name="account" />;
  return <MaskFace id={mask.id} archetype={mask.archetype} tone={mask.tone} size={48} />;
}
