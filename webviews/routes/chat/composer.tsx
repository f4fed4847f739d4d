import type { RefObject } from 'preact';
import { useId } from 'preact/hooks';
import { type AskerPlace, placeWords } from '../../model/asker-place.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';

/** The longest question that can be asked. */
const LONGEST = 20_000;

interface Props {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  setText(text: string): void;
  place: AskerPlace | null;
  removePlace(): void;
  /** An answer is under way and can be stopped. */
  busy: boolean;
  /** Why nothing can be sent now, or what came of the last try. */
  problem: string | null;
  send(): void;
  stop(): void;
}

/** Where a question is typed: Enter asks, Shift+Enter breaks the line, Escape stops the answer. */
export function Composer(props: Props) {
  const { field, text, setText, place, removePlace, busy, problem, send, stop } = props;
  const hint = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    // While characters are composed (Japanese, accents), Enter belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!busy) send();
  };
  return (
    <form
      class="composer"
      aria-label="Ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) send();
      }}
    >
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <div class="composer-box">
        {place && (
          <p class="place-chip">
            <Icon name="file" />
            <span title={place.file}>
              <span class="unseen">Asked about </span>
              <bdi>{placeWords(place)}</bdi>
            </span>
            <IconButton icon="close" label={`Ask without ${placeWords(place)}`} onClick={removePlace} />
          </p>
        )}
        <textarea
          ref={field}
          rows={2}
          maxLength={LONGEST}
          aria-label="Your question"
          aria-describedby={hint}
          placeholder="Where was I? Why did we choose this? What is open in this file?"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div class="composer-end">
          <span id={hint} class="quiet">
            {busy ? 'Esc stops' : 'Enter asks, Shift+Enter breaks the line'}
          </span>
          {busy ? (
            <Button icon="debug-stop" onClick={stop}>
              Stop
            </Button>
          ) : (
            <Button type="submit" primary icon="send">
              Ask
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
