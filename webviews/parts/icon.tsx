import { ICONS, type IconName } from './icon-table.ts';

/** A codicon beside a word. It never carries meaning alone, so it is hidden from those who listen. */
export function Icon({ name, slot }: { name: IconName; slot?: string }) {
  return (
    <span class="icon" aria-hidden="true" {...(slot !== undefined && { slot })}>
      {String.fromCodePoint(ICONS[name])}
    </span>
  );
}
