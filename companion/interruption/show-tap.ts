import type { Clock, Logger } from '../kernel/index.ts';
import { ProgenyError, type Tap, type TapAnswer, tapAnswer } from '../protocol/index.ts';

/** A connected client that can show a tap. */
export interface ClientPort {
  readonly id: string;
  /** Resolves with the client's answer; rejects with `no_client` when it goes away, and when `signal` aborts. */
  ask(capability: 'tap', tap: Tap, signal: AbortSignal): Promise<unknown>;
}

/** How a tap ended. Null for one that reached nobody. */
export type Ending = { readonly answer: TapAnswer; readonly responseMs: number | null } | null;

/** A tap that nobody answered for so long is ignored. */
const ANSWER_MS = 10 * 60_000;
/** A tap that failed sooner than this was not read by anybody. */
const UNREAD_MS = 2000;
const IGNORED: Ending = { answer: { outcome: 'ignored', action: null }, responseMs: null };

/** Asks a client to show a tap and waits for the end of it. Rejects only when `stopping` aborts. */
export async function showTap(
  port: ClientPort,
  tap: Tap,
  { clock, logger, stopping }: { clock: Clock; logger: Logger; stopping: AbortSignal },
): Promise<Ending> {
  const shownAt = clock.now();
  const late = new AbortController();
  const timer = clock.after(ANSWER_MS, () => late.abort());
  try {
    const answer = tapAnswer.parse(await port.ask('tap', tap, AbortSignal.any([stopping, late.signal])));
    return answer.outcome === 'ignored' ? IGNORED : { answer, responseMs: clock.now() - shownAt };
  } catch (error) {
    stopping.throwIfAborted();
    if (late.signal.aborted) return IGNORED;
    const reason = error instanceof ProgenyError ? error.code : String(error);
    logger.info({ tap: tap.id, client: port.id, reason }, 'a tap got no answer');
    // It may have been seen, so it counts as seen, unless there was no time for that.
    return clock.now() - shownAt < UNREAD_MS ? null : IGNORED;
  } finally {
    timer.dispose();
  }
}

/**
 * What an answer means to the budget. "Later" and "Not useful" are buttons, so a client calls them engagement;
 * they turn the tap down. `again`: it may be told once more.
 */
export function meaningOf({ outcome, action }: TapAnswer): { outcome: TapAnswer['outcome']; again: boolean } {
  const turnedDown = action === 'later' || action === 'not_useful';
  if (outcome !== 'engaged' || !turnedDown) return { outcome, again: false };
  return { outcome: 'dismissed', again: action === 'later' };
}
