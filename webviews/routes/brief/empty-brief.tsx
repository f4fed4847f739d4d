import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { Blank } from '../../parts/states.tsx';

/** A folder with nothing to tell yet. */
export function EmptyBrief() {
  const { host } = useSession();
  return (
    <Blank icon="compass" title="Nothing to tell yet">
      <p>
        Your branches, uncommitted work, TODOs and notes appear here as threads, as soon as there are any in
        this folder.
      </p>
      <Button primary icon="add" onClick={() => host.navigation.go(to('loops', null, { new: 'thread' }))}>
        Open a thread
      </Button>
    </Blank>
  );
}
