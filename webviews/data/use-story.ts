import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StoryLine } from '../../companion/protocol/index.ts';
import type { Host } from '../host/host.ts';
import { browserClock } from './clock.ts';
import { useSession } from './session.ts';
import { StoryDesk } from './story-desk.ts';
import { pageSight } from './story-feed.ts';

/** One desk a page, so that there is one stream, whoever listens. */
const desks = new WeakMap<Host, StoryDesk>();

/** How the story is told and whether it is muted, live, and what changes it. */
export function useStoryDesk() {
  const { host, client } = useSession();
  const desk = useMemo(() => {
    const known =
      desks.get(host) ?? new StoryDesk({ client, clock: browserClock, sight: pageSight, memory: host });
    desks.set(host, known);
    return known;
  }, [host, client]);
  const [state, setState] = useState(desk.state);
  useEffect(() => {
    setState(desk.state);
    const listening = desk.onChange(setState);
    return () => listening.dispose();
  }, [desk]);
  return { desk, ...state };
}

/** Hears each line of the story as it is told, of this folder and of none; or of all folders. */
export function useStoryLines(desk: StoryDesk, everywhere: boolean, hear: (line: StoryLine) => void): void {
  const { workspace } = useSession();
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const listening = desk.feed.listen((line) => {
      if (everywhere || line.workspace === null || line.workspace === workspace) latest.current(line);
    });
    return () => listening.dispose();
  }, [desk, everywhere, workspace]);
}
