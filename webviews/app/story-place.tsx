import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useSession } from '../data/session.ts';
import { useStatus } from '../data/use-companion.ts';
import { useStoryDesk } from '../data/use-story.ts';
import { hasRoom } from '../model/story/place.ts';

/**
 * Where lines of the story come over the other views: not over the story itself, not where they are muted, nor while
 * taps are paused, for whoever wants quiet wants it from here, too. The code for it is fetched when it is first wanted.
 */
export function StoryPlace({ route }: { route: string }) {
  const { client } = useSession();
  const { settings, mutedUntil } = useStoryDesk();
  const status = useStatus(client);
  const room = useRoom();
  const wanted =
    settings?.on === true &&
    settings.overlay &&
    mutedUntil === null &&
    status?.pausedUntil == null &&
    room &&
    route !== 'narration';
  const [Overlay, setOverlay] = useState<{ view: ComponentType } | null>(null);
  useEffect(() => {
    if (!wanted || Overlay) return;
    let current = true;
    // Where its code cannot be had nothing comes; the story is read in its own view.
    import('./story-overlay.tsx').then(
      ({ StoryOverlay }) => current && setOverlay({ view: StoryOverlay }),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [wanted, Overlay]);
  return wanted && Overlay ? <Overlay.view /> : null;
}

function useRoom(): boolean {
  const { host } = useSession();
  const look = () => hasRoom({ inEditor: host.kind === 'vscode', width: innerWidth, height: innerHeight });
  const [room, setRoom] = useState(look);
  useEffect(() => {
    const resized = () => setRoom(look());
    addEventListener('resize', resized);
    return () => removeEventListener('resize', resized);
  }, [host]);
  return room;
}
