import type { SocketLike } from '../../companion/client/index.ts';
import type { Launch } from '../../companion/client/node.ts';
import type { Clock, Logger } from '../../companion/kernel/index.ts';
import type { Door } from './door.ts';
import { nextStep, type Step } from './start-policy.ts';

export interface StarterOptions {
  readonly dataDirectory: string;
  readonly launch: Launch;
  readonly clock: Clock;
  readonly log: Logger;
  /** True where a companion should run without being asked for. */
  wanted(): boolean;
}

const HOUR_MS = 3_600_000;

/** Opens a socket to the companion, after starting one where the start policy says so. */
export class Starter {
  readonly #options: StarterOptions;
  #asked = false;
  #stoppedHere = false;
  #wasConnected = false;
  #silentSince: number | null = null;
  #starts: readonly number[] = [];
  #step: Step = 'connect';

  constructor(options: StarterOptions) {
    this.#options = options;
  }

  /** What the last attempt came to do. */
  get step(): Step {
    return this.#step;
  }

  /** It was stopped from this window, and nobody has asked for it since. */
  get stoppedHere(): boolean {
    return this.#stoppedHere;
  }

  /** Why nothing is started, in words. */
  get restingBecause(): string {
    const stopped = this.#stoppedHere || this.#wasConnected;
    return stopped ? 'The companion was stopped.' : 'The companion is not running.';
  }

  /** The user asks for a companion. */
  ask(): void {
    this.#asked = true;
    this.#stoppedHere = false;
    this.#wasConnected = false;
  }

  /** The user stops it (or did not, after all). */
  stop(stopped: boolean): void {
    this.#stoppedHere = stopped;
    this.#asked = false;
  }

  connected(): void {
    this.#asked = false;
    this.#stoppedHere = false;
    this.#wasConnected = true;
  }

  async openSocket(door: Door): Promise<SocketLike> {
    const { dataDirectory, launch } = this.#options;
    this.#step = await this.#nextStep(door);
    switch (this.#step) {
      case 'rest':
        throw new Error(this.restingBecause);
      case 'wait':
        throw new Error('The companion is busy starting or stopping.');
      case 'give-up-for-now':
        throw new Error(
          'The companion ended several times in a row. Its log says why; Progeny tries again later.',
        );
      case 'start':
        this.#noteStart();
    }
    return await door.openSocket(await door.ensureCompanion(dataDirectory, launch));
  }

  async #nextStep(door: Door): Promise<Step> {
    const { clock, dataDirectory, wanted } = this.#options;
    const found = await door.look(dataDirectory);
    const now = clock.now();
    this.#silentSince = found === 'silent' ? (this.#silentSince ?? now) : null;
    const situation = {
      found,
      wanted: wanted() && !this.#stoppedHere,
      asked: this.#asked,
      wasConnected: this.#wasConnected,
      silentFor: now - (this.#silentSince ?? now),
      starts: this.#starts,
    };
    return nextStep(situation, now);
  }

  #noteStart(): void {
    const now = this.#options.clock.now();
    this.#starts = [...this.#starts.filter((at) => at > now - HOUR_MS), now];
    this.#options.log.info({ starts: this.#starts.length }, 'starting the companion');
  }
}
