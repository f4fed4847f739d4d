import { useId } from 'preact/hooks';
import { useSession } from '../../data/session.ts';
import { useConnection } from '../../data/use-companion.ts';
import { useLasting } from '../../data/use-now.ts';
import { approveWords, shortDigest } from '../../model/wheel-view.ts';
import { Button } from '../../parts/button.tsx';
import type { BarProps } from './decision-bar.tsx';
import type { useOrder } from './use-order.ts';

/** A click that was meant for what stood there before is none. */
const SETTLE_MS = 500;

type Props = BarProps & Pick<ReturnType<typeof useOrder>, 'busy' | 'order'>;

/** The yes to exactly what is shown, or the no. Why there can be no yes stands beside it. */
export function BeforeIt({ run, shown, picked, total, busy, order }: Props) {
  const { client } = useSession();
  const { state } = useConnection(client);
  const reasonId = useId();
  const { preview, changed, renew } = shown;
  const settled = useLasting(preview !== null && !changed, SETTLE_MS);
  const why =
    state !== 'connected'
      ? 'Not connected: a yes cannot be given now.'
      : changed
        ? 'It was planned anew while you looked. What you see is not what it would do now.'
        : preview === null
          ? 'What it would change is still loading.'
          : total > 0 && picked.length === 0
            ? 'No file is chosen.'
            : null;
  const shut = why !== null || busy || !settled;
  const approve = () => {
    if (shut || !preview) return;
    const part = picked.length === total ? {} : { files: [...picked] };
    order((wheel) => wheel.approve({ id: run.id, digest: preview.digest, ...part }));
  };
  return (
    <div class="bar-row">
      <p id={reasonId}>
        {why ?? (
          <>
            Your yes is to exactly this preview: <code>{preview && shortDigest(preview.digest)}</code>
          </>
        )}
      </p>
      <div class="bar-buttons">
        {changed && (
          <Button icon="refresh" onClick={renew}>
            Show it as it is now
          </Button>
        )}
        <Button
          icon="close"
          aria-disabled={busy}
          onClick={() => order((wheel) => wheel.stop({ id: run.id }))}
        >
          No, don’t
        </Button>
        <Button primary icon="check" aria-disabled={shut} describedBy={reasonId} onClick={approve}>
          {approveWords(total, picked.length)}
        </Button>
      </div>
    </div>
  );
}
