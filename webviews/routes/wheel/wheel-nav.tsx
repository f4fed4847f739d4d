import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';

/** Runs, and the leave that they may need. */
export function WheelNav({ current }: { current: 'wheel' | 'grants' }) {
  return (
    <nav class="scopes" aria-label="Parts of delegated work">
      <Link to={to('wheel')} class="scope" current={current === 'wheel'}>
        Runs
      </Link>
      <Link to={to('grants')} class="scope" current={current === 'grants'}>
        Leave you gave
      </Link>
    </nav>
  );
}
