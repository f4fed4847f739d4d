import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from './button.tsx';

/** A modal form. The platform keeps the focus inside and gives it back when it closes. */
export function Dialog({
  title,
  subtitle,
  onClose,
  children,
}: {
  title: string;
  subtitle?: string;
  onClose(): void;
  children: ComponentChildren;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    // The editor's elements draw themselves a moment after they are put in; only then can they take the focus.
    const fields = [...(ref.current?.querySelectorAll('*') ?? [])] as { updateComplete?: Promise<unknown> }[];
    void Promise.all(fields.map(({ updateComplete }) => updateComplete)).then(() => ref.current?.showModal());
  }, []);
  return (
    <dialog ref={ref} class="dialog" aria-labelledby={id} onClose={onClose}>
      <header class="dialog-head">
        <h2 id={id}>
          {title}
          {subtitle && <small> · {subtitle}</small>}
        </h2>
        <IconButton icon="close" label="Close" onClick={() => ref.current?.close()} />
      </header>
      {children}
    </dialog>
  );
}
