import type { Mask } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { IconButton } from '../../parts/button.tsx';
import { Menu } from '../../parts/menu.tsx';
import { useAct } from '../council/use-council.ts';

interface Props {
  mask: Mask;
  changed(): void;
  fork(): void;
}

/** What can be done with a mask. The three who always vote cannot be retired. */
export function MaskActions({ mask: { id, name, birth, status, favourite }, changed, fork }: Props) {
  const { client } = useSession();
  const { run } = useAct();
  const act = (work: () => Promise<unknown>, done: string) =>
    run(async () => {
      await work();
      changed();
    }, done);
  const favour = () =>
    act(
      () => client.api.advisers.favour({ id, favourite: !favourite }),
      favourite ? `${name} is no favourite any more.` : `${name} is a favourite.`,
    );
  const retire = () =>
    act(() => client.api.advisers.retire({ id }), `${name} votes no more. Its record and its votes stay.`);
  return (
    <div class="mask-actions">
      <IconButton
        icon={favourite ? 'star-full' : 'star-empty'}
        label={favourite ? `Not a favourite: ${name}` : `Favourite: ${name}`}
        onClick={favour}
      />
      <Menu
        icon="ellipsis"
        label={`More for ${name}`}
        items={[
          { id: 'fork', label: 'Make another after it…', icon: 'repo-forked', run: fork },
          ...(birth.from !== 'always' && status === 'active'
            ? [{ id: 'retire', label: 'Retire: votes no more', icon: 'archive' as const, run: retire }]
            : []),
        ]}
      />
    </div>
  );
}
