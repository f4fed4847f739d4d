import { useEffect, useRef, useState } from 'preact/hooks';
import type { StoryLine } from '../../companion/protocol/index.ts';
import { browserClock } from '../data/clock.ts';
import { useSession } from '../data/session.ts';
import { useStoryDesk, useStoryLines } from '../data/use-story.ts';
import { arrive, dismiss, emptyQueue, letGo, pass, type StoryQueue } from '../model/story/queue.ts';
import { aloud } from '../model/story/speakers.ts';

/** Often enough for a line to go when it was read; nothing is timed while there is none. */
const TICK_MS = 250;
const TOGETHER_MS = 300;

/** The lines over the other views, as time passes. */
export function useOverlayQueue() {
  const { announce } = useSession();
  const { desk, settings } = useStoryDesk();
  const [queue, setQueue] = useState(() => emptyQueue(browserClock.now()));
  const rests = useRef(new Set<string>());
  const [fit, setFit] = useState(3);
  const room = useRef(fit);
  room.current = fit;
  const reading = () => (room.current === 0 ? 'nowhere' : rests.current.size > 0 ? 'rests' : 'runs');
  const change = (by: (queue: StoryQueue) => StoryQueue) =>
    setQueue((now) =>
      pass(
        by(pass(now, browserClock.now(), reading(), room.current)),
        browserClock.now(),
        reading(),
        room.current,
      ),
    );

  useStoryLines(desk, false, (line) => {
    if (settings && line.importance >= settings.overlayFrom)
      change((now) => arrive(now, line, browserClock.now()));
  });
  const idle = queue.shown.length === 0 && queue.waiting.length === 0;
  useEffect(() => {
    if (idle) return;
    const ticking = browserClock.every(TICK_MS, () => change((now) => now));
    return () => ticking.dispose();
  }, [idle]);

  // What rested on a line went with it.
  const none = queue.shown.length === 0;
  useEffect(() => {
    if (none) rests.current.clear();
  }, [none]);

  // Each line is said once, when it can be seen; lines that come together are said together.
  const said = useRef(new Set<number>());
  const unsaid = useRef<StoryLine[]>([]);
  const saying = useRef<{ dispose(): void } | null>(null);
  useEffect(() => {
    for (const { line } of queue.shown.slice(0, fit)) {
      if (said.current.has(line.seq)) continue;
      said.current.add(line.seq);
      unsaid.current.push(line);
      saying.current ??= browserClock.after(TOGETHER_MS, () => {
        saying.current = null;
        announce(unsaid.current.splice(0).map(aloud).join(' '));
      });
    }
  }, [queue.shown, fit, announce]);
  useEffect(() => () => saying.current?.dispose(), []);

  return {
    queue,
    /** So many of them have a place. */
    fit,
    setFit,
    remove: (seq: number) => change((now) => dismiss(now, seq)),
    rest(by: 'pointer' | 'focus', resting: boolean) {
      if (resting) rests.current.add(by);
      else if (rests.current.delete(by) && rests.current.size === 0) change(letGo);
    },
  };
}
