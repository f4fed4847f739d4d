import { useState } from 'preact/hooks';
import { Link } from '../../app/link.tsx';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { AskCouncil } from './ask-council.tsx';
import { FateDialog } from './fate-dialog.tsx';
import { Guilds } from './guilds.tsx';
import { Masks } from './masks.tsx';
import { ProposalDetails } from './proposal-details.tsx';
import { Proposals } from './proposals.tsx';

const TABS = { asked: 'Asked', masks: 'Who advises', guilds: 'Panels' } as const;
type Tab = keyof typeof TABS;
const SUBS: Record<Tab, string> = {
  asked: 'They argue and vote; the last word is yours',
  masks: 'Masks: each with its own priorities and its record',
  guilds: 'Guilds: who votes together on what',
};

/** The council: what was asked, the masks that vote, and panels of them. */
export function CouncilRoute({ location }: RouteProps) {
  const { host } = useSession();
  const { show = '', ask, fate } = location.query;
  const tab: Tab = Object.hasOwn(TABS, show) ? (show as Tab) : 'asked';
  const [asking, setAsking] = useState(false);
  const chosen = location.id;
  const back = to('council', chosen, tab === 'asked' ? {} : { show: tab });
  const close = () => {
    setAsking(false);
    if (ask !== undefined || fate !== undefined) host.navigation.go(back, { replace: true });
  };
  return (
    <div class={chosen === null ? 'split' : 'split with-details'}>
      <header class="page-head">
        <div>
          <h1>
            Advisers <small>· council</small>
          </h1>
          <p class="sub">{SUBS[tab]}</p>
        </div>
        <div class="head-actions">
          <Button icon="add" primary onClick={() => setAsking(true)}>
            Ask the council
          </Button>
        </div>
      </header>
      <div class="split-main">
        <nav class="scopes" aria-label="Parts of the council">
          {(Object.keys(TABS) as Tab[]).map((each) => (
            <Link
              key={each}
              to={to('council', null, each === 'asked' ? {} : { show: each })}
              class="scope"
              current={tab === each}
            >
              {TABS[each]}
            </Link>
          ))}
        </nav>
        {tab === 'asked' && <Proposals chosen={chosen} ask={() => setAsking(true)} />}
        {tab === 'masks' && <Masks />}
        {tab === 'guilds' && <Guilds />}
      </div>
      {chosen !== null && <ProposalDetails key={chosen} id={chosen} />}
      {(asking || ask !== undefined) && <AskCouncil onClose={close} />}
      {fate !== undefined && <FateDialog key={fate} loop={fate} onClose={close} />}
    </div>
  );
}
