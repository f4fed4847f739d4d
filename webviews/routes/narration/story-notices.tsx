import { useSession } from '../../data/session.ts';
import { useStatus } from '../../data/use-companion.ts';
import { useStoryDesk } from '../../data/use-story.ts';
import { problemOf } from '../../model/problem.ts';
import { Button } from '../../parts/button.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Strip } from '../../parts/states.tsx';

/** That the story is off, or muted, and what switches it on again. */
export function StoryNotices() {
  const { client, notify } = useSession();
  const { desk, settings, mutedUntil } = useStoryDesk();
  const paused = useStatus(client)?.pausedUntil ?? null;
  const run = (work: Promise<void>) =>
    void work.catch((error: unknown) =>
      notify({ tone: 'failed', text: `Not changed. ${problemOf(error).text}` }),
    );
  if (settings === null) return null;
  if (!settings.on)
    return (
      <Strip
        tone="info"
        action={<Button onClick={() => run(desk.update({ on: true }))}>Tell it again</Button>}
      >
        Nothing new is told: the story is switched off. What was told before stays.
      </Strip>
    );
  const unmute = <Button onClick={() => run(desk.unmute())}>Show again</Button>;
  if (!settings.overlay)
    return (
      <Strip tone="info" action={unmute}>
        New lines come here only: over the other views they are muted.
      </Strip>
    );
  if (mutedUntil !== null)
    return (
      <Strip tone="info" action={unmute}>
        New lines come here only, until <Moment at={mutedUntil} as="stamp" />: over the other views they are
        muted.
      </Strip>
    );
  return paused === null ? null : (
    <Strip tone="info">
      New lines come here only, until <Moment at={paused} as="stamp" />: taps are paused, and so is what comes
      over the other views.
    </Strip>
  );
}
