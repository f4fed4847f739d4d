import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-table.ts';

/** A view that has nothing to show yet, or cannot: one sentence on why, and what to do next. */
export function Blank({ icon, title, whole = false, children }: BlankProps) {
  const Heading = whole ? 'h1' : 'h2';
  const id = useId();
  return (
    <section class="blank" aria-labelledby={id}>
      <Icon name={icon} />
      <Heading id={id}>{title}</Heading>
      {children}
    </section>
  );
}

interface BlankProps {
  icon: IconName;
  title: string;
  /** Stands in the place of the whole view, its heading included. */
  whole?: boolean;
  children?: ComponentChildren;
}

/** A line above a view that says what is missing from it. */
export function Strip({
  tone,
  children,
  action,
}: {
  tone: 'info' | 'warning' | 'error';
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  const word = { info: 'Note', warning: 'Warning', error: 'Error' }[tone];
  return (
    <div class={`strip ${tone}`} role="note">
      <Icon name={tone} />
      <div class="strip-text">
        <span class="unseen">{word}: </span>
        {children}
      </div>
      {action}
    </div>
  );
}

/** The outline of a view while its first answer is under way: the places things will take, without motion. */
export function Skeleton({ rows, label }: { rows: number; label: string }) {
  return (
    <div class="skeleton" role="status">
      <span class="unseen">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div class="skeleton-row" key={row} aria-hidden="true">
          <span class="bone short" />
          <span class={`bone ${row % 3 === 1 ? 'medium' : 'long'}`} />
        </div>
      ))}
    </div>
  );
}

/** Something to type in a terminal, which one click selects whole. */
export function Command({ children }: { children: string }) {
  return <code class="command">{children}</code>;
}
