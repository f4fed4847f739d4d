import type { ComponentChildren } from 'preact';
import type { Status } from '../../companion/protocol/index.ts';
import { useSession } from '../data/session.ts';
import { Mark } from '../parts/mark.tsx';
import { AppearanceMenu } from './appearance-menu.tsx';
import type { Route } from './routes.ts';
import { StatusLine } from './status-line.tsx';
import { ViewsNav } from './views-nav.tsx';
import { WorkspacePicker } from './workspace-picker.tsx';

interface Props {
  route: Route;
  status: Status | null;
  children: ComponentChildren;
}

/** The frame around every view: a rail where there is room, a row on top where there is not. */
export function Shell({ route, status, children }: Props) {
  const { host } = useSession();
  return (
    <div class="shell">
      <SkipLink />
      <header class="rail">
        <div class="brand">
          <Mark />
          <WorkspacePicker status={status} />
          {status?.demo && (
            <span class="demo-mark" title="Invented projects and people; nothing of yours">
              Demo
            </span>
          )}
          {host.appearance && <AppearanceMenu appearance={host.appearance} />}
        </div>
        <ViewsNav route={route} />
      </header>
      <main id="main" tabIndex={-1}>
        {children}
      </main>
      <StatusLine status={status} />
    </div>
  );
}

function SkipLink() {
  return (
    <button type="button" class="skip button" onClick={() => document.getElementById('main')?.focus()}>
      Skip to the content
    </button>
  );
}
