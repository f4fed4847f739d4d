import type { ComponentChildren } from 'preact';
import type { Status } from '../../companion/protocol/index.ts';
import { useSession } from '../data/session.ts';
import { useConnection } from '../data/use-companion.ts';
import { useLasting } from '../data/use-now.ts';
import { Button } from '../parts/button.tsx';
import { Blank, Command, Strip } from '../parts/states.tsx';
import { Health } from './health.tsx';

/** A lost connection is often back in less: say nothing before this. */
const PATIENCE_MS = 800;

/** Shows the view, or what stands in its way and how to clear it. */
export function Gate({
  status,
  free,
  children,
}: {
  status: Status | null;
  /** The view needs no folder. */
  free: boolean;
  children: ComponentChildren;
}) {
  const { client, workspace } = useSession();
  const connection = useConnection(client);
  const down = useLasting(connection.state === 'down', PATIENCE_MS);

  if (connection.state === 'incompatible') return <Incompatible problem={connection.problem} />;
  if (down && !status) return <Down problem={connection.problem} />;
  if (status && workspace === null && !free) return <NoFolder />;
  return (
    <>
      {down && (
        <Strip tone="warning" action={<Button onClick={() => client.reconnect()}>Try again</Button>}>
          Not connected. This is what was known; it will be true again when the companion is back.
        </Strip>
      )}
      {status && <Health status={status} />}
      {children}
    </>
  );
}

function Down({ problem }: { problem: string | null }) {
  const { host, client } = useSession();
  return (
    <Blank whole icon="debug-disconnect" title="The companion is not running">
      {problem && <p>{problem}</p>}
      {host.start ? (
        <Button primary icon="debug-start" onClick={host.start}>
          Start the companion
        </Button>
      ) : (
        <>
          <p>
            Start it in a terminal with <Command>npm start</Command> or <Command>progeny serve</Command>. This
            page goes on by itself.
          </p>
          <Button icon="refresh" onClick={() => client.reconnect()}>
            Try now
          </Button>
        </>
      )}
    </Blank>
  );
}

function Incompatible({ problem }: { problem: string | null }) {
  return (
    <Blank whole icon="warning" title="This page and the companion do not fit together">
      <p>{problem ?? 'They speak different versions of the contract.'}</p>
      <Button icon="refresh" onClick={() => location.reload()}>
        Reload this page
      </Button>
    </Blank>
  );
}

function NoFolder() {
  return (
    <Blank whole icon="folder" title="No folder is open">
      <p>
        Open one in your editor, or name it to the companion: <Command>npm start -- --workspace DIR</Command>.
        Where you are appears here.
      </p>
    </Blank>
  );
}
