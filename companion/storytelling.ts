import { systemLocalTime } from './interruption/index.ts';
import type { Clock, Logger } from './kernel/index.ts';
import { Narrator, type RephraseOptions, rephraseWith } from './narration/index.ts';
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
  /** What may say a line in other words. */
  readonly language: RephraseOptions['language'];
  /** Whether nothing about a folder may leave this machine. */
  readonly confidential: RephraseOptions['confidential'];
}

/** The story of one mind, told with what the rooms know. Dispose it with them. */
export function composeStory({
  mind,
  clock,
  logger,
  settings,
  watched,
  language,
  confidential,
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
    rephrase: rephraseWith({ language, confidential, isOn: () => settings().narration.model }),
  });
}
