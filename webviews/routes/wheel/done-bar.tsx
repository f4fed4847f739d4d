import { useNow } from '../../data/use-now.ts';
import { relative, stamp } from '../../model/time.ts';
import { count } from '../../model/words.ts';
import { Button } from '../../parts/button.tsx';
import type { BarProps } from './decision-bar.tsx';
import type { useOrder } from './use-order.ts';

type Props = BarProps & Pick<ReturnType<typeof useOrder>, 'busy' | 'order'>;

/** All back, some back, or keep it, and how long there is. */
export function DoneBar({ run, picked, busy, order }: Props) {
  const now = useNow();
  const { id, status, undoUntil } = run;
  return (
    <div class="bar-row">
      <p>
        {status === 'interrupted'
          ? 'It was cut off while it ran, and left something that may be yours. Look before you undo.'
          : undoUntil === null
            ? 'It can be undone.'
            : `It can be undone until ${stamp(undoUntil, now)} (${relative(undoUntil, now)}).`}
      </p>
      <div class="bar-buttons">
        {picked.length > 0 && (
          <Button
            icon="discard"
            aria-disabled={busy}
            onClick={() => order((wheel) => wheel.undo({ id, files: [...picked] }))}
          >
            {`Undo ${count(picked.length, 'file')}`}
          </Button>
        )}
        <Button icon="discard" aria-disabled={busy} onClick={() => order((wheel) => wheel.undo({ id }))}>
          Undo all
        </Button>
        <Button icon="check" aria-disabled={busy} onClick={() => order((wheel) => wheel.keep({ id }))}>
          Keep
        </Button>
      </div>
    </div>
  );
}
