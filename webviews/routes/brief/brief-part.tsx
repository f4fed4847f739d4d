import type { ComponentChildren } from 'preact';

interface Props {
  id: string;
  title: string;
  product?: string;
  children: ComponentChildren;
}

/** A part of the brief: its name beside it where there is room, above it where there is not. */
export function BriefPart({ id, title, product, children }: Props) {
  return (
    <section class="brief-part" aria-labelledby={`brief-${id}`}>
      <h2 id={`brief-${id}`}>
        {title}
        {product && <small> · {product}</small>}
      </h2>
      <div class="brief-body">{children}</div>
    </section>
  );
}
