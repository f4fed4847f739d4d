import type { CompanionClient } from '../../companion/client/index.ts';
import type { Settings, SettingsPatch } from '../../companion/protocol/index.ts';
import { type Mute, mutedUntil } from '../model/story/mute.ts';
import type { Clock } from './clock.ts';
import { type Sight, StoryFeed } from './story-feed.ts';

const MUTED = 'story.mutedUntil';

export interface StoryState {
  /** How the story is told; null before it is known. */
  readonly settings: Settings['narration'] | null;
  /** The hour at which a day begins. */
  readonly startsAt: number;
  /** Nothing comes over the other views of this window until then; null: nothing keeps it. */
  readonly mutedUntil: number | null;
}

export interface StoryDeskOptions {
  readonly client: Pick<CompanionClient, 'api' | 'connection' | 'onConnection'>;
  readonly clock: Clock;
  readonly sight: Sight;
  /** What this window remembers. */
  readonly memory: { getState<T>(key: string): T | undefined; setState(key: string, value: unknown): void };
}

/** What the story's view and the lines over the other views share on a page: the feed, the settings, the mute. */
export class StoryDesk {
  readonly feed: StoryFeed;
  readonly #options: StoryDeskOptions;
  readonly #listeners = new Set<(state: StoryState) => void>();
  #watching: readonly { dispose(): void }[] = [];
  #state: StoryState;
  #unmuting: { dispose(): void } | null = null;
  #version = 0;

  constructor(options: StoryDeskOptions) {
    this.#options = options;
    this.feed = new StoryFeed(options);
    const until = options.memory.getState<number>(MUTED) ?? 0;
    this.#state = { settings: null, startsAt: 5, mutedUntil: until > options.clock.now() ? until : null };
  }

  get state(): StoryState {
    return this.#state;
  }

  /** Tells of each change; the settings are looked at while somebody listens and the page is seen. */
  onChange(listener: (state: StoryState) => void): { dispose(): void } {
    const own = (state: StoryState) => listener(state);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#begin();
    return {
      dispose: () => {
        if (!this.#listeners.delete(own) || this.#listeners.size > 0) return;
        for (const each of this.#watching) each.dispose();
        this.#unmuting?.dispose();
      },
    };
  }

  /** Changes how the story is told. Throws what the companion answers. */
  async update(narration: NonNullable<SettingsPatch['narration']>): Promise<void> {
    const version = ++this.#version;
    const saved = await this.#options.client.api.settings.update({ narration });
    if (version === this.#version) this.#know(saved);
  }

  /** Keeps lines from coming over the other views; "always" is a setting, and holds for every window. */
  async mute(mute: Mute): Promise<void> {
    if (mute === 'always') return this.update({ overlay: false });
    this.#muteUntil(mutedUntil(mute, this.#options.clock.now(), this.#state.startsAt));
  }

  async unmute(): Promise<void> {
    this.#muteUntil(null);
    if (this.#state.settings?.overlay === false) await this.update({ overlay: true });
  }

  #begin(): void {
    const { client, sight } = this.#options;
    const look = () => void this.#look();
    this.#watching = [client.onConnection(look), sight.onChange(look)];
    this.#wait();
    look();
  }

  async #look(): Promise<void> {
    const { client, sight } = this.#options;
    if (client.connection.state !== 'connected' || !sight.visible) return;
    const version = this.#version;
    try {
      const found = await client.api.settings.get({});
      if (version === this.#version) this.#know(found);
    } catch {
      // What was known stays; it is asked for again when the connection or the page comes back.
    }
  }

  #know({ narration, loops }: Settings): void {
    this.#tell({ ...this.#state, settings: narration, startsAt: loops.dayStartsAt });
  }

  #muteUntil(until: number | null): void {
    this.#options.memory.setState(MUTED, until ?? undefined);
    this.#tell({ ...this.#state, mutedUntil: until });
    this.#wait();
  }

  #wait(): void {
    const { clock } = this.#options;
    const until = this.#state.mutedUntil;
    this.#unmuting?.dispose();
    this.#unmuting =
      until === null
        ? null
        : clock.after(Math.max(0, until - clock.now()), () =>
            this.#tell({ ...this.#state, mutedUntil: null }),
          );
  }

  #tell(state: StoryState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
