import { type Clock, newId, type Random } from '../kernel/index.ts';
import { type ForgetRequest, forgetSelector, ProgenyError } from '../protocol/index.ts';

type Waiting = Omit<ForgetRequest, 'preview'>;

/** Nobody who was asked a day ago is still thinking about it. */
export const FORGET_WAITS_MS = 24 * 60 * 60_000;
const MOST_WAITING = 20;

/**
 * What agents ask to have forgotten, until a person answers. Kept in memory and nowhere else: a request may hold the
 * very words that are to be forgotten.
 */
export class ForgetRequests {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #waiting = new Map<string, Waiting>();

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Oldest first. */
  list(): Waiting[] {
    const now = this.#clock.now();
    for (const [id, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.#waiting.delete(id);
    return [...this.#waiting.values()];
  }

  /** Throws `bad_input` for a selector that fits everything, `rate_limited` while too many wait. */
  add({ select, ...request }: Pick<Waiting, 'agent' | 'workspace' | 'select' | 'reason'>): Waiting {
    const selector = forgetSelector.safeParse(select);
    if (!selector.success)
      throw new ProgenyError(
        'bad_input',
        `forget: expected ${selector.error.issues[0]?.message ?? 'a selector'}.`,
      );
    if (this.list().length >= MOST_WAITING)
      throw new ProgenyError(
        'rate_limited',
        `${MOST_WAITING} such requests wait for the user already. Ask them.`,
      );
    const at = this.#clock.now();
    const id = newId('forget', at, this.#random);
    const waiting = { ...request, select: selector.data, id, at, expiresAt: at + FORGET_WAITS_MS };
    this.#waiting.set(id, waiting);
    return waiting;
  }

  /** Throws `not_found` for one that was answered or has expired. */
  get(id: string): Waiting {
    const found = this.list().find((request) => request.id === id);
    if (found) return found;
    throw new ProgenyError('not_found', `No request "${id}" waits: it was answered, or it has expired.`);
  }

  settle(id: string): void {
    this.#waiting.delete(id);
  }
}
