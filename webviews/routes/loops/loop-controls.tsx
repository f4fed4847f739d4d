import type { Loop } from '../../../companion/protocol/index.ts';
import { useSession } from '../../data/session.ts';
import { useNow } from '../../data/use-now.ts';
import { actionsFor, fateOf, isClosed } from '../../model/loop-actions.ts';
import { PRIORITY_WORDS } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import { Checkbox } from '../../parts/fields.tsx';
import { Select } from '../../parts/fields-native.tsx';
import type { Loops } from './use-loops.ts';

/** All that can be done with a thread. */
export function LoopControls({ loop, actions }: { loop: Loop; actions: Loops }) {
  const { host } = useSession();
  const now = useNow();
  const busy = actions.busy(loop.id);
  return (
    <div class="controls" aria-busy={busy}>
      <div class="control-row">
        {actionsFor(loop, now).map((action) => (
          <Button
            key={action.id}
            icon={action.icon}
            aria-disabled={busy}
            onClick={() => actions.change(loop, action.patch, action.done)}
          >
            {action.label}
          </Button>
        ))}
        {!isClosed(loop) && (
          <Button icon="law" onClick={() => host.navigation.go(fateOf(loop))}>
            Ask the council…
          </Button>
        )}
      </div>
      <div class="control-row">
        <Select
          label="Priority"
          value={loop.priority}
          options={PRIORITY_WORDS}
          onChange={(priority) => actions.change(loop, { priority }, `${PRIORITY_WORDS[priority]} priority`)}
        />
        <Checkbox
          label="Private: never exported"
          checked={loop.private}
          onChange={(hidden) =>
            actions.change(loop, { private: hidden }, hidden ? 'Private' : 'May be exported')
          }
        />
      </div>
    </div>
  );
}
