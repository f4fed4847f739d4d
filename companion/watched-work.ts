import type * as git from './git/index.ts';
import { type Interruption, systemLocalTime } from './interruption/index.ts';
import type { Clock, CpuBudget, Logger, Random } from './kernel/index.ts';
import type { LoopStore } from './loops/index.ts';
import { watchPatterns } from './pattern-taps.ts';
import { PatternKeeper } from './patterns/index.ts';
import type { Settings } from './protocol/index.ts';
import type { Mind } from './store/index.ts';
import { forgetOldTimeline, Timeline } from './timeline/index.ts';
import { WorkTimeline } from './work-timeline.ts';

export interface WatchedWorkOptions {
  readonly mind: Mind;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly git: typeof git;
  readonly loops: LoopStore;
  readonly budget: CpuBudget;
  readonly interruption: Interruption;
  readonly settings: () => Settings;
}

/** The work as it happens: the timeline, what is translated into it, the patterns in it, and the taps about those. */
export class WatchedWork {
  readonly timeline: Timeline;
  readonly work: WorkTimeline;
  readonly patterns: PatternKeeper;
  readonly #options: WatchedWorkOptions;

  constructor(options: WatchedWorkOptions) {
    this.#options = options;
    const timeline = new Timeline(options);
    this.timeline = timeline;
    this.work = new WorkTimeline({ ...options, timeline });
    this.patterns = new PatternKeeper({
      ...options,
      local: systemLocalTime,
      titleOf: (loop) => options.loops.find(loop)?.title ?? null,
      history: (since) => [...timeline.lastSigns(since), ...timeline.read({ since })],
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    });
    timeline.appended.add((events) => this.patterns.take(events));
    watchPatterns({ ...options, patterns: this.patterns });
  }

  /** Takes up what happened in the last days; nobody needs to wait for it. */
  start(): void {
    this.patterns
      .start()
      .catch((error: unknown) =>
        this.#options.logger.error({ error: String(error) }, 'patterns could not be taken up'),
      );
  }

  forgetOld(): void {
    const { mind, settings, clock } = this.#options;
    forgetOldTimeline(mind, settings().sensors, clock.now());
  }

  dispose(): void {
    this.patterns.dispose();
    this.timeline.dispose();
  }
}
