import { doubts } from './doubts.ts';
import { Dreaming } from './dreaming.ts';
import type { Heritage } from './heritage/index.ts';
import { type Interruption, systemLocalTime } from './interruption/index.ts';
import type { Jobs } from './jobs/index.ts';
import type { Clock, Disposables, Logger, Random } from './kernel/index.ts';
import type { Memory } from './memory/index.ts';
import type { Settings } from './protocol/index.ts';
import { Review, type ReviewOptions } from './review.ts';
import { watchForReview } from './review-tap.ts';
import type { Mind } from './store/index.ts';
import type { Themes } from './themes.ts';

export interface NightParts extends Pick<ReviewOptions, 'store' | 'timeline'> {
  heritage: Heritage;
  mind: Mind;
  clock: Clock;
  random: Random;
  logger: Logger;
  jobs: Jobs;
  memory: Memory;
  themes: Pick<Themes, 'refit'>;
  /** Which run of the companion this is. */
  instance: string;
  interruption: Interruption;
  inPeakHours(now: number): boolean;
  settings(): Settings;
  /** Lets go what sensors recorded long ago. */
  forgetOld(): void;
}

/** Beliefs, their review, and the dreams that weigh them. */
export function composeNight(parts: NightParts, owned: Disposables): { review: Review; dreaming: Dreaming } {
  const { store, jobs, heritage, interruption, clock, settings, inPeakHours, forgetOld } = parts;
  const review = new Review(parts);
  const { hypotheses } = review;
  const dayStartsAt = () => settings().loops.dayStartsAt;
  const tap = owned.add(watchForReview({ hypotheses, interruption, clock, dayStartsAt, inPeakHours }));
  const dreaming = new Dreaming({
    ...parts,
    local: systemLocalTime,
    readOnly: () => store.guard.readOnly,
    tidy: () => {
      forgetOld();
      interruption.prune();
      jobs.prune();
    },
    findDamage: () => store.findDamage(),
    considerHypotheses: async (signal) => {
      const { formed, withdrawn } = await review.consider(signal);
      tap.look();
      return { formed, withdrawn };
    },
    doubtHypotheses: () => doubts(hypotheses.list(), heritage.current.preferences),
    promote: async () => ({ learned: await review.promote() }),
  });
  owned.add(dreaming);
  return { review, dreaming };
}
