import { useEffect, useState } from 'preact/hooks';
import type { RouteProps } from '../../app/routes.ts';
import { useSession } from '../../data/session.ts';
import { to } from '../../model/location.ts';
import { Button } from '../../parts/button.tsx';
import { AskCouncil } from './ask-council.tsx';
import { FateDialog } from './fate-dialog.tsx';
import { ProposalDetails } from './proposal-details.tsx';
import { Proposals } from './proposals.tsx';

/** The council: what was asked, who said what, and the user's word. */
export function CouncilRoute({ location }: RouteProps) {
  const { host } = useSession();
  const { show, ask, fate } = location.query;
  const [asking, setAsking] = useState(false);
  const chosen = location.id;
  const back = to('council', chosen);
  // An address of the time when both were parts of this view.
  const moved = show === 'masks' || show === 'guilds' ? show : null;
  useEffect(() => {
    if (moved !== null) host.navigation.go(to(moved), { replace: true });
  }, [moved]);
  const close = () => {
    setAsking(false);
    if (ask !== undefined || fate !== undefined) host.navigation.go(back, { replace: true });
  };
  return (
    <div class={chosen === null ? 'split' : 'split with-details'}>
      <header class="page-head">
        <div>
          <h1>
            Questions <small>· council</small>
          </h1>
          <p class="sub">They argue and vote; the last word is yours</p>
        </div>
        <div class="head-actions">
          <Button icon="add" primary onClick={() => setAsking(true)}>
            Ask the council
          </Button>
        </div>
      </header>
      <div class="split-main">
        <Proposals chosen={chosen} ask={() => setAsking(true)} />
      </div>
      {chosen !== null && <ProposalDetails key={chosen} id={chosen} />}
      {(asking || ask !== undefined) && <AskCouncil onClose={close} />}
      {fate !== undefined && <FateDialog key={fate} loop={fate} onClose={close} />}
    </div>
  );
}
