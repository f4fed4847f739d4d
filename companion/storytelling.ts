import { systemLocalTime } from './interruption/index.ts';
import type { Clock, Logger } from './kernel/index.ts';
import { Narrator, type Rephrase } from './narration/index.ts';
import type { Settings } from './protocol/index.ts';
import { type Mind, workspaceId } from './store/index.ts';
import { storyFacts } from './story-facts.ts';
import type { WatchedWork } from './watched-work.ts';

export interface StorytellingOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: () => Settings;
  readonly watched: Pick<WatchedWork, 'patterns' | 'drift'>;
  /** A model, where there is one. */
  readonly rephrase?: Rephrase;
}

/** The story of one mind, told with what the rooms know. Dispose it with them. */
export function composeStory({
  mind,
  clock,
  logger,
  settings,
  watched,
  rephrase,
}: StorytellingOptions): Narrator {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  const facts = storyFacts({
    mind,
    pattern: (id) => watched.patterns.find(id),
    drift: (loop) => watched.drift.of(loop, 1)[0] ?? null,
    when: (at) => day.format(at),
  });
  return new Narrator({
    mind,
    clock,
    logger,
    settings,
    local: systemLocalTime,
    facts,
    workspaceId: (path) => mind.read((reader) => workspaceId(reader, path)),
    rephrase: rephrase ?? null,
  });
}
