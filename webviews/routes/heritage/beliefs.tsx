import type { HeritageLearned } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import { to } from '../../model/location.ts';
import { useFirst } from '../../parts/first.tsx';

/** What was confirmed of what was observed. It changes where it was answered, so that its evidence stands beside it. */
export function Beliefs({ beliefs }: Pick<HeritageLearned, 'beliefs'>) {
  const { shown, more } = useFirst(beliefs, 12);
  if (beliefs.length === 0)
    return (
      <p class="heritage-none">
        Nothing yet. A habit that shows in your work for weeks is asked about in{' '}
        <Link to={to('review')}>Review</Link>, and stands here after your Yes.
      </p>
    );
  return (
    <>
      <ul class="heritage-beliefs">
        {shown.map(({ hypothesis, text, except, since }) => (
          <li key={hypothesis}>
            <p>
              <bdi>{text}</bdi>
            </p>
            {except !== null && (
              <p class="then">
                Except: <bdi>{except}</bdi>
              </p>
            )}
            <p class="loop-meta">since {since}</p>
          </li>
        ))}
        {more && <li>{more}</li>}
      </ul>
      <p class="heritage-none">
        Each with its evidence, to be denied or narrowed, in{' '}
        <Link to={to('review', null, { show: 'all' })}>Review</Link>.
      </p>
    </>
  );
}
