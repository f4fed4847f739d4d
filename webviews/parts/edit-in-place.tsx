import type { ComponentChildren, RefObject } from 'preact';
import { Button } from './button.tsx';

interface Props {
  /** The field, and whatever has to be focused in it. */
  place: RefObject<HTMLDivElement | null>;
  problem: string | null;
  busy: boolean;
  save(): void;
  leave(): void;
  children: ComponentChildren;
}

/** A field that stands where its text stood: Enter saves (in more than one line with Ctrl or ⌘), Escape leaves. */
export function EditInPlace({ place, problem, busy, save, leave, children }: Props) {
  const keys = (event: KeyboardEvent) => {
    const within = (kind: typeof HTMLTextAreaElement | typeof HTMLButtonElement) =>
      event.composedPath().some((each) => each instanceof kind);
    if (event.key === 'Escape') leave();
    if (event.key !== 'Enter' || event.isComposing || within(HTMLButtonElement)) return;
    if (within(HTMLTextAreaElement) && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    save();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the field inside, which bubble up here
    <div class="answer" ref={place} onKeyDown={keys} aria-busy={busy}>
      {children}
      <p role="alert" class="form-problem">
        {problem}
      </p>
      <div class="control-row">
        <Button aria-disabled={busy} onClick={save}>
          Save
        </Button>
        <Button onClick={leave}>Cancel</Button>
      </div>
    </div>
  );
}
