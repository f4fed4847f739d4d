import type { Job } from '../../../companion/protocol/index.ts';
import { kindWords } from '../../model/overview/job-words.ts';
import { shown as shownText } from '../../model/overview/shown.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';

/** Asks before what was done so far would have to be done again. */
export function ConfirmCancel({ job, onClose, confirm }: { job: Job; onClose(): void; confirm(): void }) {
  const { word, cancelled } = kindWords(job.kind);
  return (
    <Dialog title={`Cancel: ${shownText(word, 80)}?`} onClose={onClose}>
      <div class="form">
        <p>{cancelled}</p>
        <div class="control-row">
          <Button autofocus onClick={onClose}>
            Let it go on
          </Button>
          <Button icon="close" onClick={confirm}>
            Cancel it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
