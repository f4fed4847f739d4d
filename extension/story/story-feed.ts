import type { Api } from '../../companion/client/index.ts';
import type { Clock, Disposable, Logger } from '../../companion/kernel/index.ts';
import type { StoryLine } from '../../companion/protocol/index.ts';

/** The part of the link that the feed needs. */
export interface StorySource {
  readonly api: Api | null;
  onChange(listener: () => void): Disposable;
}

export interface StoryListener {
  /** What was told of the day before this window listened; once, oldest first. */
  begun(lines: readonly StoryLine[]): void;
  told(line: StoryLine): void;
}

const AGAIN_MS = 5_000;

/** Follows the story as long as there is a companion; each line is heard once. */
export class StoryFeed implements Disposable {
  readonly #source: StorySource;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listener: StoryListener;
  readonly #listening: Disposable;
  #stream: AbortController | null = null;
  #again: Disposable | null = null;
  /** The newest line that was heard; 0 before the first look. */
  #seq = 0;
  #begun = false;

  constructor(source: StorySource, clock: Clock, log: Logger, listener: StoryListener) {
    this.#source = source;
    this.#clock = clock;
    this.#log = log;
    this.#listener = listener;
    this.#listening = source.onChange(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#again?.dispose();
    this.#stream?.abort();
  }

  #look(): void {
    const { api } = this.#source;
    if (!api) {
      this.#stream?.abort();
      this.#stream = null;
    } else if (!this.#stream) {
      const stream = new AbortController();
      this.#stream = stream;
      void this.#follow(api, stream.signal).finally(() => {
        if (this.#stream !== stream) return;
        this.#stream = null;
        this.#again?.dispose();
        this.#again = this.#clock.after(AGAIN_MS, () => this.#look());
      });
    }
  }

  async #follow(api: Api, signal: AbortSignal): Promise<void> {
    try {
      const lines = await api.story.watch({}, { signal });
      if (!this.#begun) {
        const { lines: today } = await api.story.day({}, { signal });
        this.#begun = true;
        this.#seq = Math.max(this.#seq, ...today.map(({ seq }) => seq));
        this.#listener.begun(today);
      }
      for await (const line of lines) {
        if (signal.aborted) return;
        if (line.seq <= this.#seq) continue;
        this.#seq = line.seq;
        this.#listener.told(line);
      }
    } catch (error) {
      if (!signal.aborted) this.#log.warn({ error: String(error) }, 'the story could not be followed');
    }
  }
}
