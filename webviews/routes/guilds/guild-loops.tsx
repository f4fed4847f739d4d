import { Link } from '../../app/link.tsx';
import { useLive } from '../../data/use-live.ts';
import { to } from '../../model/location.ts';

const SHOWN = 6;

/** The threads that a panel shares, by their titles; those that are gone are left out. */
export function GuildLoops({ guild, loops }: { guild: string; loops: readonly string[] }) {
  const live = useLive(
    `guild loops ${guild} ${loops.join(' ')}`,
    async (api, signal) => {
      const found = loops.slice(0, SHOWN).map((id) => api.loops.get({ id }, { signal }).catch(() => null));
      return (await Promise.all(found)).filter((loop) => loop !== null);
    },
    ({ type }) => type.startsWith('loop.'),
  );
  return (
    <ul class="guild-loops" aria-label="Shared threads">
      {live.data?.map(({ id, title }) => (
        <li key={id}>
          <Link to={to('loops', id)}>
            <bdi>{title}</bdi>
          </Link>
        </li>
      ))}
      {loops.length > SHOWN && <li class="quiet">and {loops.length - SHOWN} more</li>}
    </ul>
  );
}
