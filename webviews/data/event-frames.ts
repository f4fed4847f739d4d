import type { CompanionClient } from '../../companion/client/index.ts';
import type { Event } from '../../companion/protocol/index.ts';
import { type Frames, pageFrames } from './frames.ts';

/** Seen by a profiler and by the bench: how late what happened was put in. Kept by nobody. */
export const APPLIED = 'progeny.events';

type Listener = (events: readonly Event[]) => void;

/**
 * The companion's events, once a frame: all that came since the last one, in order. A storm of a thousand a second costs
 * its listeners no more turns than the screen has frames.
 */
export class EventFrames {
  readonly #client: Pick<CompanionClient, 'onEvent'>;
  readonly #frames: Frames;
  readonly #listeners = new Set<Listener>();
  #listening: { dispose(): void } | null = null;
  #waiting: Event[] = [];
  #next: { dispose(): void } | null = null;

  constructor(client: Pick<CompanionClient, 'onEvent'>, frames: Frames = pageFrames) {
    this.#client = client;
    this.#frames = frames;
  }

  add(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    this.#listening ??= this.#client.onEvent((event) => this.#hear(event));
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size > 0) return;
        this.#listening?.dispose();
        this.#next?.dispose();
        this.#listening = this.#next = null;
        this.#waiting = [];
      },
    };
  }

  #hear(event: Event): void {
    this.#waiting.push(event);
    this.#next ??= this.#frames.next(() => this.#flush());
  }

  #flush(): void {
    this.#next = null;
    const events = this.#waiting;
    this.#waiting = [];
    for (const listener of [...this.#listeners]) listener(events);
    performance.mark(APPLIED, { detail: events.map(({ seq, at }) => [seq, at]) });
    performance.clearMarks(APPLIED);
  }
}

const known = new WeakMap<CompanionClient, EventFrames>();

/** The events of this client, once a frame; all who ask share one. */
export function eventFramesOf(client: CompanionClient): EventFrames {
  const found = known.get(client) ?? new EventFrames(client);
  known.set(client, found);
  return found;
}
