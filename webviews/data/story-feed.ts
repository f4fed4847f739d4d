import type { CompanionClient } from '../../companion/client/index.ts';
import type { StoryLine } from '../../companion/protocol/index.ts';
import type { Clock } from './clock.ts';

/** Whether somebody looks at the page, and when that changes. */
export interface Sight {
  readonly visible: boolean;
  onChange(listener: () => void): { dispose(): void };
}

export interface StoryFeedOptions {
  readonly client: Pick<CompanionClient, 'api' | 'connection' | 'onConnection'>;
  readonly clock: Clock;
  readonly sight: Sight;
}

const AGAIN_MS = 5_000;
/** So many lines are known by their numbers, so that each is heard once. */
const MOST_KNOWN = 200;

/**
 * The lines of the story as they are told: one stream for all who listen on a page, none while nobody listens or nobody
 * looks. Each line is heard once.
 */
export class StoryFeed {
  readonly #options: StoryFeedOptions;
  readonly #listeners = new Set<(line: StoryLine) => void>();
  readonly #known = new Set<number>();
  #watching: readonly { dispose(): void }[] = [];
  #stream: AbortController | null = null;
  #again: { dispose(): void } | null = null;

  constructor(options: StoryFeedOptions) {
    this.#options = options;
  }

  listen(listener: (line: StoryLine) => void): { dispose(): void } {
    const own = (line: StoryLine) => listener(line);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#begin();
    return {
      dispose: () => {
        if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#end();
      },
    };
  }

  #begin(): void {
    const { client, sight } = this.#options;
    this.#watching = [
      client.onConnection(() => {
        // A stream went with its connection.
        this.#stream = null;
        this.#look();
      }),
      sight.onChange(() => this.#look()),
    ];
    this.#look();
  }

  #end(): void {
    for (const each of this.#watching) each.dispose();
    this.#watching = [];
    this.#again?.dispose();
    this.#again = null;
    this.#stop();
  }

  #look(): void {
    const { client, sight } = this.#options;
    const connected = client.connection.state === 'connected';
    if (!sight.visible) this.#stop();
    else if (connected && !this.#stream) void this.#follow();
  }

  #stop(): void {
    const stream = this.#stream;
    this.#stream = null;
    // There is nobody left to be told where the connection has gone.
    if (this.#options.client.connection.state === 'connected') stream?.abort();
  }

  async #follow(): Promise<void> {
    const { client, clock } = this.#options;
    const stream = new AbortController();
    this.#stream = stream;
    try {
      for await (const line of await client.api.story.watch({}, { signal: stream.signal })) {
        if (this.#stream !== stream) return;
        this.#tell(line);
      }
    } catch {
      // Lines are missed, and stand in the story of the day; it is tried again below.
    }
    if (this.#stream !== stream) return;
    this.#stream = null;
    this.#again?.dispose();
    this.#again = clock.after(AGAIN_MS, () => this.#look());
  }

  #tell(line: StoryLine): void {
    if (this.#known.has(line.seq)) return;
    this.#known.add(line.seq);
    if (this.#known.size > MOST_KNOWN) this.#known.delete(this.#known.values().next().value!);
    for (const listener of [...this.#listeners]) listener(line);
  }
}

/** Whether the page is looked at. */
export const pageSight: Sight = {
  get visible() {
    return document.visibilityState === 'visible';
  },
  onChange(listener) {
    document.addEventListener('visibilitychange', listener);
    return { dispose: () => document.removeEventListener('visibilitychange', listener) };
  },
};
