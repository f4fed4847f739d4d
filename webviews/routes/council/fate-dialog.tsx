import { useLive } from '../../data/use-live.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Skeleton } from '../../parts/states.tsx';
import { FormEnd } from '../loops/new-thread.tsx';
import { SessionOptions } from './session-options.tsx';
import { useSessionOfCouncil } from './use-session-of-council.ts';

/** Whether to keep, split or drop a thread: asked of the council, decided by the user. */
export function FateDialog({ loop: id, onClose }: { loop: string; onClose(): void }) {
  const live = useLive(`loop ${id}`, (api, signal) => api.loops.get({ id }, { signal }));
  const { sitting, problem, convene, options, asked } = useSessionOfCouncil(onClose);
  return (
    <Dialog title="What becomes of this thread?" subtitle="council" onClose={onClose}>
      <form
        class="form"
        aria-busy={sitting}
        onSubmit={(event) => {
          event.preventDefault();
          void convene((api, call) => api.council.fate({ loop: id, ...asked }, call));
        }}
      >
        {live.data ? (
          <p>
            <strong>
              <bdi>{live.data.title}</bdi>
            </strong>
            <br />
            <bdi class="quiet">{live.data.summary}</bdi>
          </p>
        ) : (
          !live.problem && <Skeleton rows={1} label="Loading the thread" />
        )}
        <p>
          The advisers vote: preserve it, fork it (keep a part), or discard it. Nothing happens before you
          decide.
        </p>
        <SessionOptions {...options} />
        <FormEnd
          problem={problem ?? live.problem?.text ?? null}
          action={sitting ? 'They are voting …' : 'Ask the council'}
        />
      </form>
    </Dialog>
  );
}
