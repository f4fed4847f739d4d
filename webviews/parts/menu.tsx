import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { nextIndex } from '../model/keys.ts';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-table.ts';

export interface MenuItem {
  id: string;
  label: string;
  icon?: IconName;
  /** Entries that follow each other with the same group stand under its name. */
  group?: string;
  /** Set where it is one of several to choose from. */
  checked?: boolean;
  run(): void;
}

/** A button that opens a menu of actions: arrows, Home and End move, Escape and a click elsewhere close it. */
export function Menu({ label, icon, items, ...rest }: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useEffect(() => {
    const menu = list.current;
    if (!menu) return;
    const opens = (event: Event) => (event as ToggleEvent).newState === 'open';
    // Only an open menu has entries: from just before it is shown until the focus has left it.
    const toggling = (event: Event) => opens(event) && setOpen(true);
    const toggled = (event: Event) => {
      if (!opens(event)) return setOpen(false);
      place(menu, button.current);
      menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    };
    const resized = () => menu.matches(':popover-open') && place(menu, button.current);
    menu.addEventListener('beforetoggle', toggling);
    menu.addEventListener('toggle', toggled);
    addEventListener('resize', resized);
    return () => {
      menu.removeEventListener('beforetoggle', toggling);
      menu.removeEventListener('toggle', toggled);
      removeEventListener('resize', resized);
    };
  }, []);

  const close = () => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const next = nextIndex(event.key, entries.indexOf(document.activeElement as HTMLElement), entries.length);
    if (event.key === 'Tab') close();
    if (next === null) return;
    event.preventDefault();
    entries[next]?.focus();
  };

  return (
    <>
      <button
        type="button"
        ref={button}
        class="icon-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        popovertarget={id}
        {...rest}
      >
        <Icon name={icon} />
      </button>
      <div
        ref={list}
        id={id}
        class="menu"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        popover="auto"
        onKeyDown={onKeyDown}
      >
        {grouped(open ? items : []).map(({ group, entries }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
          <div key={group} role="group" class="menu-group" {...(group !== '' && { 'aria-label': group })}>
            {group !== '' && (
              <div class="menu-head" aria-hidden="true">
                {group}
              </div>
            )}
            {entries.map((item) => (
              <MenuEntry key={item.id} item={item} close={close} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

interface MenuProps {
  label: string;
  icon: IconName;
  items: readonly MenuItem[];
  tabIndex?: number;
}

function MenuEntry({ item, close }: { item: MenuItem; close(): void }) {
  const run = () => {
    close();
    item.run();
  };
  const shared = { type: 'button', tabIndex: -1, class: 'menu-item', onClick: run } as const;
  const icon = item.checked ? 'check' : item.icon;
  const body = (
    <>
      {icon ? <Icon name={icon} /> : <span class="icon" />}
      <span>{item.label}</span>
    </>
  );
  return item.checked === undefined ? (
    <button {...shared} role="menuitem">
      {body}
    </button>
  ) : (
    <button {...shared} role="menuitemradio" aria-checked={item.checked}>
      {body}
    </button>
  );
}

function grouped(items: readonly MenuItem[]): { group: string; entries: MenuItem[] }[] {
  return [...Map.groupBy(items, ({ group = '' }) => group)].map(([group, entries]) => ({ group, entries }));
}

/** Under the button, aligned with its right edge, turned upwards where there is no room. */
function place(menu: HTMLElement, button: HTMLElement | null) {
  if (!button) return;
  const anchor = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + height + 8 < innerHeight;
  menu.style.setProperty('top', `${Math.max(4, below ? anchor.bottom + 2 : anchor.top - height - 2)}px`);
  menu.style.setProperty('left', `${Math.max(4, Math.min(anchor.right - width, innerWidth - width - 4))}px`);
}
