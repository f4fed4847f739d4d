import { conflictAbout } from './council/index.ts';
import { DriftKeeper } from './drift/index.ts';
import { watchDrift } from './drift-taps.ts';
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

/** The work as it happens: the timeline, what is translated into it, patterns and drift in it, and the taps about those. */
export class WatchedWork {
  readonly timeline: Timeline;
  readonly work: WorkTimeline;
  readonly patterns: PatternKeeper;
  readonly drift: DriftKeeper;
  readonly #options: WatchedWorkOptions;

  constructor(options: WatchedWorkOptions) {
    this.#options = options;
    const timeline = new Timeline(options);
    this.timeline = timeline;
    const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
    this.work = new WorkTimeline({ ...options, timeline, digest: (word) => options.mind.digest(word) });
    this.patterns = new PatternKeeper({
      ...options,
      local: systemLocalTime,
      titleOf: (loop) => options.loops.find(loop)?.title ?? null,
      history: (since) => [...timeline.lastSigns(since), ...timeline.read({ since })],
      pause,
    });
    this.drift = new DriftKeeper({
      ...options,
      timeline,
      conflict: (loop, at) => options.mind.read((reader) => conflictAbout(reader, loop, at)),
      pause,
    });
    timeline.appended.add((events) => this.patterns.take(events));
    timeline.appended.add(() => this.drift.hint());
    watchPatterns({ ...options, patterns: this.patterns });
    watchDrift({ ...options, drift: this.drift });
  }

  /** Takes up what happened in the last days; nobody needs to wait for it. */
  start(): void {
    this.patterns
      .start()
      .catch((error: unknown) =>
        this.#options.logger.error({ error: String(error) }, 'patterns could not be taken up'),
      );
    this.drift.hint();
  }

  forgetOld(): void {
    const { mind, settings, clock } = this.#options;
    forgetOldTimeline(mind, settings().sensors, clock.now());
    this.drift.forgetOld(clock.now());
  }

  dispose(): void {
    this.patterns.dispose();
    this.drift.dispose();
    this.timeline.dispose();
  }
}
