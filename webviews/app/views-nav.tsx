import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { to } from '../model/location.ts';
import { Icon } from '../parts/icon.tsx';
import { Link } from './link.tsx';
import { GROUPS, type Group, ROUTES, type Route } from './routes.ts';

const GROUPED = (Object.keys(GROUPS) as Group[]).map((group) => ({
  group,
  routes: ROUTES.filter((route) => route.group === group),
}));

/** All views: in groups where there is room for a rail; else the first of them in a row, and all behind a button. */
export function ViewsNav({ route }: { route: Route }) {
  const row = ROUTES.filter(({ id, first }) => first === true || id === route.id);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const rail = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(false);
  useLayoutEffect(() => {
    list.current?.hidePopover();
    rail.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [route]);
  // The platform gives the focus back to the button when it closes; what it opens on is the view that is shown.
  const toggled = (event: { newState: string }) => {
    setOpen(event.newState === 'open');
    if (event.newState === 'open') list.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  };
  return (
    <>
      <nav class="views-rail" aria-label="Views" ref={rail}>
        <Groups route={route} />
      </nav>
      <nav class="views-row" aria-label="Views">
        <ul>
          {row.map((each) => (
            <Item key={each.id} route={each} current={each.id === route.id} />
          ))}
        </ul>
        <button
          type="button"
          class="icon-button"
          aria-label="All views"
          title="All views"
          aria-expanded={open}
          popovertarget={id}
        >
          <Icon name="menu" />
        </button>
        <div ref={list} id={id} class="views-all" popover="auto" onToggle={toggled}>
          <Groups route={route} />
        </div>
      </nav>
    </>
  );
}

function Groups({ route }: { route: Route }) {
  return (
    <>
      {GROUPED.map(({ group, routes }) => (
        <div key={group} class="views-group">
          <div class="views-head" aria-hidden="true">
            {GROUPS[group]}
          </div>
          <ul aria-label={GROUPS[group]}>
            {routes.map((each) => (
              <Item key={each.id} route={each} current={each.id === route.id} />
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}

function Item({ route, current }: { route: Route; current: boolean }) {
  const { id, title, product, icon } = route;
  return (
    <li>
      <Link to={to(id)} class="nav-item" current={current} title={title}>
        <Icon name={icon} />
        <span>
          {title} <small>· {product}</small>
        </span>
      </Link>
    </li>
  );
}
