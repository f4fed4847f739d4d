import type { implement } from '@orpc/server';
import {
  type contract,
  defaultSettings,
  type Settings,
  type SettingsPatch,
  type StoryDay,
  type StoryLine,
} from '../../../companion/protocol/index.ts';
import { dayOf } from '../../../webviews/model/story/day.ts';
import type { Around } from '../../host/support/fake-mind.ts';
import { Stream } from '../../host/support/stream.ts';
import { atlasStory } from './story-lines.ts';

type Implementer = ReturnType<typeof implement<typeof contract>>;

/** A story that says what the test put there, and settings that can be changed. */
export class FakeStory {
  lines: StoryLine[];
  settings: Settings = structuredClone(defaultSettings);
  readonly told = new Stream<StoryLine>();
  /** How many listen to the stream just now. */
  listening = 0;
  readonly now: () => number;

  constructor({ now, workspace }: { now: () => number; workspace: string }) {
    this.now = now;
    this.lines = atlasStory(now(), workspace);
  }

  /** A line is told: it stands in the day, and comes on the stream. */
  tell(line: StoryLine): void {
    this.lines = [...this.lines, line];
    this.told.tell(line);
  }

  day(day: string | undefined, workspace: string | undefined): StoryDay {
    const wanted = day ?? dayOf(this.now(), 5, 'UTC');
    const { plain } = this.settings.narration;
    const lines = this.#of(workspace)
      .filter(({ at }) => dayOf(at, 5, 'UTC') === wanted)
      .map((line) => (plain ? { ...line, text: line.plain } : line));
    const markdown = [`# ${wanted}`, '', ...lines.map(({ text }) => `- ${text}`), ''].join('\n');
    return { day: wanted, lines, markdown };
  }

  list(workspace: string | undefined, limit: number): StoryLine[] {
    return this.#of(workspace)
      .toSorted((a, b) => b.seq - a.seq)
      .slice(0, limit);
  }

  update(patch: SettingsPatch): Settings {
    const { settings } = this;
    this.settings = {
      ...settings,
      narration: { ...settings.narration, ...patch.narration } as Settings['narration'],
      language: { ...settings.language, ...patch.language } as Settings['language'],
    };
    return this.settings;
  }

  #of(workspace: string | undefined): StoryLine[] {
    return this.lines.filter(
      (line) => workspace === undefined || line.workspace === null || line.workspace === workspace,
    );
  }
}

export function fakeStoryAnswers(os: Implementer, story: FakeStory, call: Around) {
  return {
    story: {
      list: os.story.list.handler(({ input, signal }) =>
        call('story.list', input, () => story.list(input.workspace, input.limit), signal),
      ),
      day: os.story.day.handler(({ input, signal }) =>
        call('story.day', input, () => story.day(input.day, input.workspace), signal),
      ),
      watch: os.story.watch.handler(async function* ({ input, signal }) {
        await call('story.watch', input, () => null, signal);
        story.listening++;
        try {
          yield* story.told.read(signal);
        } finally {
          story.listening--;
        }
      }),
    },
    settings: {
      get: os.settings.get.handler(({ input, signal }) =>
        call('settings.get', input, () => story.settings, signal),
      ),
      update: os.settings.update.handler(({ input, signal }) =>
        call('settings.update', input, () => story.update(input), signal),
      ),
    },
  };
}
