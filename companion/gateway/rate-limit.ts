import type { Clock } from '../kernel/index.ts';
import type { RateClass } from '../protocol/index.ts';

/** A bucket holds `burst` calls and refills by `perSecond`. A person never meets these; a runaway client does. */
export const RATES: Readonly<Record<RateClass, { burst: number; perSecond: number }>> = {
  auth: { burst: 20, perSecond: 0.5 },
  read: { burst: 1000, perSecond: 200 },
  write: { burst: 1000, perSecond: 200 },
  sense: { burst: 500, perSecond: 100 },
  heavy: { burst: 20, perSecond: 1 },
  agent: { burst: 240, perSecond: 20 },
};

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_ACCOUNTS = 10_000;

/** Token buckets, one for each account and rate class. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #factor: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `factor` multiplies all rates; from the settings. */
  constructor(clock: Clock, factor: () => number) {
    this.#clock = clock;
    this.#factor = factor;
  }

  /** Takes one call from the bucket: 0 when granted, else the milliseconds until one is there. */
  take(account: string, rate: RateClass): number {
    const factor = this.#factor();
    const burst = RATES[rate].burst * factor;
    const perMs = (RATES[rate].perSecond * factor) / 1000;
    const now = this.#clock.now();
    const key = `${rate} ${account}`;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, at: now };
    bucket.tokens = Math.min(burst, bucket.tokens + Math.max(0, now - bucket.at) * perMs);
    bucket.at = now;
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MAX_ACCOUNTS) this.#buckets.delete(this.#buckets.keys().next().value as string);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMs);
    bucket.tokens -= 1;
    return 0;
  }
}
