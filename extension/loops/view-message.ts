import type { Link } from '../link/link.ts';
import { moment } from '../text/time.ts';
import type { FolderLoops } from './rows.ts';

export interface LoopsMessage {
  /** Above the rows; empty when they speak for themselves. */
  readonly message: string;
  /** Beside the title. */
  readonly description: string;
}

/** What the Loops view says around its rows. Rows that may be old say so and as of when. */
export function loopsMessage(
  link: Link,
  folders: readonly FolderLoops[],
  at: number | null,
  now: number,
): LoopsMessage {
  const count = folders.reduce((sum, { loops }) => sum + loops.length, 0);
  const description = count > 0 ? String(count) : '';
  if (link.state === 'connected' || count === 0 || at === null) return { message: '', description };
  return { message: `Reconnecting to the companion. As of ${moment(at, now)}:`, description };
}
