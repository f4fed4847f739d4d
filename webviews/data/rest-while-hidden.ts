import type { CompanionClient } from '../../companion/client/index.ts';
import type { Clock } from './clock.ts';

/** Who leaves a page for a moment comes back to one that never stopped. */
export const GRACE_MS = 5000;

/** The part of a document that says whether anyone can see it. */
export interface Seen {
  readonly visibilityState: string;
  addEventListener(type: 'visibilitychange', listener: () => void): void;
  removeEventListener(type: 'visibilitychange', listener: () => void): void;
}

/** A page that nobody sees asks for nothing: the client rests once it was hidden for so long, and wakes when it is seen. */
export function restWhileHidden(
  client: Pick<CompanionClient, 'rest' | 'wake'>,
  page: Seen,
  clock: Clock,
): { dispose(): void } {
  let leaving: { dispose(): void } | null = null;
  const look = () => {
    leaving?.dispose();
    leaving = null;
    if (page.visibilityState === 'visible') client.wake();
    else leaving = clock.after(GRACE_MS, () => client.rest());
  };
  page.addEventListener('visibilitychange', look);
  look();
  return {
    dispose() {
      leaving?.dispose();
      page.removeEventListener('visibilitychange', look);
    },
  };
}
