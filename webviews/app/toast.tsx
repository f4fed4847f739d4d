import type { Notice } from '../data/session.ts';
import { Button, IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';

interface Props {
  notice: Notice | null;
  dismiss(): void;
  hold(held: boolean): void;
}

/** What came of the last action, with the way back. The region is always there, so that it is heard. */
export function Toast({ notice, dismiss, hold }: Props) {
  return (
    <div
      class="toast-place"
      role="status"
      onMouseEnter={() => hold(true)}
      onMouseLeave={() => hold(false)}
      onFocusIn={() => hold(true)}
      onFocusOut={() => hold(false)}
    >
      {notice && (
        <div class={`toast ${notice.tone}`} key={notice.text}>
          <Icon name={notice.tone === 'done' ? 'pass' : 'error'} />
          <p>{notice.text}</p>
          {notice.undo && (
            <Button
              onClick={() => {
                dismiss();
                notice.undo?.();
              }}
            >
              Undo
            </Button>
          )}
          <IconButton icon="close" label="Dismiss" onClick={dismiss} />
        </div>
      )}
    </div>
  );
}
