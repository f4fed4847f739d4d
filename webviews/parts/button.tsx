import type { AriaAttributes, ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-table.ts';

interface Shared extends Pick<AriaAttributes, 'aria-disabled'> {
  onClick?(): void;
  tabIndex?: number;
  class?: string;
}

interface ButtonProps extends Shared {
  type?: 'button' | 'submit';
  icon?: IconName;
  primary?: boolean;
  /** Has the focus when its dialog opens. */
  autofocus?: boolean;
  /** Tells it from others with the same word, to those who listen; begins with that word. */
  label?: string;
  /** The id of what says more about it. */
  describedBy?: string;
  children: ComponentChildren;
}

/** A button with a word on it. One `primary` at most on a screen. */
export function Button({
  type = 'button',
  icon,
  primary,
  label,
  describedBy,
  class: name = '',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${primary ? 'primary' : ''} ${name}`}
      {...(label !== undefined && { 'aria-label': label })}
      {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
      {...rest}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

/** A button that shows only an icon; `label` says what it does, on hover and to those who listen. */
export function IconButton({
  icon,
  label,
  class: name = '',
  ...rest
}: Shared & { icon: IconName; label: string }) {
  return (
    <button type="button" class={`icon-button ${name}`} aria-label={label} title={label} {...rest}>
      <Icon name={icon} />
    </button>
  );
}
