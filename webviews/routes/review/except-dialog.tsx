import { useState } from 'preact/hooks';
import type { ReviewItem } from '../../../companion/protocol/index.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/fields.tsx';
import { FormEnd } from '../loops/new-thread.tsx';
import type { ReviewActions } from './use-review.ts';

interface Props {
  item: ReviewItem;
  review: ReviewActions;
  onClose(): void;
}

/** Asks when a belief does not hold. */
export function ExceptDialog({ item, review, onClose }: Props) {
  const [text, setText] = useState(item.except ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async () => {
    const words = text.trim();
    if (words === '') return setProblem('Say when it does not hold, as “on Fridays” or “for hotfixes”.');
    const wrong = await review.except(item, words);
    if (wrong === null) onClose();
    else setProblem(`Not changed. ${wrong}`);
  };
  return (
    <Dialog title="It depends" subtitle="add context" onClose={onClose}>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          <bdi>{item.text}</bdi>, except …
        </p>
        <TextField
          label="When it does not hold"
          value={text}
          onInput={setText}
          placeholder="on Fridays, after 18:00, for hotfixes"
          maxLength={1000}
          autofocus
        />
        <p class="quiet">
          Days of the week, hours and names of branches are read, and then do not count against it.
        </p>
        <FormEnd problem={problem} action="Yes, except then" />
      </form>
    </Dialog>
  );
}
