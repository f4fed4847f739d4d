import { useRef, useState } from 'preact/hooks';
import type { ReviewItem } from '../../../companion/protocol/index.ts';
import { Link } from '../../app/link.tsx';
import type { RouteProps } from '../../app/routes.ts';
import { to } from '../../model/location.ts';
import { queueWords, type ReviewScope, scopeOf } from '../../model/review-words.ts';
import { count } from '../../model/words.ts';
import { useRowFocus } from '../../parts/row-focus.ts';
import { Blank, Skeleton } from '../../parts/states.tsx';
import { ProblemBlank, ProblemStrip } from '../problem-view.tsx';
import { ExceptDialog } from './except-dialog.tsx';
import { ReviewRow } from './review-row.tsx';
import { type ReviewActions, type Reviewed, useReview } from './use-review.ts';

/** Beliefs about how the user works: those to say something to today, or all. */
export function ReviewRoute({ location }: RouteProps) {
  const scope = scopeOf(location.query);
  const review = useReview(scope);
  const [asked, setAsked] = useState<ReviewItem | null>(null);
  const { data } = review;
  return (
    <div class="split">
      <header class="page-head">
        <div>
          <h1>
            Review <small>· hypotheses</small>
          </h1>
          <p class="sub">{data ? subtitle(data, scope) : 'Loading'}</p>
        </div>
      </header>
      <div class="split-main">
        <Scopes scope={scope} />
        {review.problem && data && <ProblemStrip problem={review.problem} at={review.at} />}
        {review.problem && !data && <ProblemBlank problem={review.problem} retry={review.refresh} />}
        {!review.problem && !data && <Skeleton rows={5} label="Loading what there is to review" />}
        {data && data.items.length === 0 && <Empty scope={scope} />}
        {data && data.items.length > 0 && <Rows data={data} scope={scope} review={review} ask={setAsked} />}
      </div>
      {asked && <ExceptDialog item={asked} review={review} onClose={() => setAsked(null)} />}
    </div>
  );
}

function subtitle({ items, more }: Reviewed, scope: ReviewScope): string {
  return scope === 'today' ? queueWords(items.length, more) : count(items.length, 'belief');
}

function Scopes({ scope }: { scope: ReviewScope }) {
  return (
    <nav class="scopes" aria-label="Which beliefs">
      <Link to={to('review')} class="scope" current={scope === 'today'}>
        Today
      </Link>
      <Link to={to('review', null, { show: 'all' })} class="scope" current={scope === 'all'}>
        All
      </Link>
    </nav>
  );
}

interface RowsProps {
  data: Reviewed;
  scope: ReviewScope;
  review: ReviewActions;
  ask(item: ReviewItem): void;
}

function Rows({ data, scope, review, ask }: RowsProps) {
  const list = useRef<HTMLDivElement>(null);
  const order = data.items.map(({ id }) => id);
  const focus = useRowFocus(list, order, null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a second way; every row can be reached without
    <div ref={list} onKeyDown={focus.onKeyDown}>
      <section aria-label={scope === 'today' ? 'To review' : 'All beliefs'}>
        <ul>
          {data.items.map((item) => (
            <ReviewRow
              key={item.id}
              item={item}
              today={scope === 'today'}
              entry={item.id === focus.entry}
              focused={() => focus.focused(item.id)}
              review={review}
              ask={() => ask(item)}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Empty({ scope }: { scope: ReviewScope }) {
  if (scope === 'all')
    return (
      <Blank icon="checklist" title="Nothing is believed of you yet">
        <p>
          After two weeks of work with the same habit (when you start, what you change together, tests first
          or last) it stands here with its evidence. Nothing follows from it until you say Yes.
        </p>
      </Blank>
    );
  return (
    <Blank icon="checklist" title="Nothing to review today">
      <p>
        What your work of some weeks shows about how you work comes here, five things a day at most. Nothing
        follows from it until you say Yes.
      </p>
      <Link to={to('review', null, { show: 'all' })}>All that is believed</Link>
    </Blank>
  );
}
