import { useNow } from '../data/use-now.ts';
import { exact, relative, stamp } from '../model/time.ts';

/** A moment, relative and ticking; exact on hover and to those who listen. */
export function Moment({ at, as = 'relative' }: { at: number; as?: 'relative' | 'stamp' }) {
  const now = useNow();
  const full = exact(at);
  return (
    <time class="moment" dateTime={new Date(at).toISOString()} title={full}>
      {as === 'relative' ? relative(at, now) : stamp(at, now)}
      <span class="unseen"> ({full})</span>
    </time>
  );
}
