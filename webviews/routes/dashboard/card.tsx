import { Component, type ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { LiveState } from '../../data/live-query.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Moment } from '../../parts/moment.tsx';
import { Skeleton } from '../../parts/states.tsx';

interface Props<T> {
  title: string;
  /** The product's own word. */
  product?: string;
  live: LiveState<T> & { refresh(): void };
  /** What is being loaded, to those who listen. */
  loading: string;
  /** Stands at the right of the title. */
  action?: ComponentChildren;
  children(data: T): ComponentChildren;
}

/** One part of the dashboard, which loads, fails and mends by itself: none takes the others with it. */
export function Card<T>({ title, product, live, loading, action, children }: Props<T>) {
  const id = useId();
  const { data, problem, at, refresh } = live;
  return (
    <section class="dash-card" aria-labelledby={id}>
      <header class="dash-head">
        <h2 id={id}>
          {title}
          {product && <small> · {product}</small>}
        </h2>
        {action}
      </header>
      {data === null && problem === null && <Skeleton rows={3} label={loading} />}
      {problem && problem.kind !== 'offline' && (
        <div class="dash-problem" role="status">
          <p>
            <Icon name="warning" /> {problem.title}. <bdi>{problem.text}</bdi>
            {data !== null && at !== null && (
              <>
                {' '}
                What you see is from <Moment at={at} />.
              </>
            )}
          </p>
          <Button icon="refresh" label={`Try again: ${title}`} onClick={refresh}>
            Try again
          </Button>
        </div>
      )}
      {data !== null && (
        <Guard title={title}>
          <Body data={data} draw={children} />
        </Guard>
      )}
    </section>
  );
}

/** Drawn as a component of its own, so that the guard around it catches what it throws. */
function Body<T>({ data, draw }: { data: T; draw(data: T): ComponentChildren }) {
  return <>{draw(data)}</>;
}

/** A defect of one card stays in it. */
class Guard extends Component<{ title: string; children: ComponentChildren }, { broken: boolean }> {
  override state = { broken: false };

  static override getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div class="dash-problem" role="status">
        <p>
          <Icon name="warning" /> This could not be drawn. That is a fault of Progeny; the rest of the page is
          right.
        </p>
        <Button
          icon="refresh"
          label={`Draw again: ${this.props.title}`}
          onClick={() => this.setState({ broken: false })}
        >
          Draw again
        </Button>
      </div>
    );
  }
}

/** What stands in a card that has nothing to show yet: one sentence, and one action at most. */
export function CardBlank({ children }: { children: ComponentChildren }) {
  return <p class="dash-blank">{children}</p>;
}
