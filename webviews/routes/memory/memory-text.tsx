import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { MemoryRecord } from '../../../companion/protocol/index.ts';
import { clipped } from '../../model/clipped.ts';

const SHOWN = 280;

/** What a record says, the beginning of it until asked for all. */
export function MemoryText({
  text,
  tabIndex,
  children,
}: {
  text: string;
  tabIndex: number;
  children(text: string): ComponentChildren;
}) {
  const [whole, setWhole] = useState(false);
  const short = clipped(text, SHOWN);
  return (
    <div class={whole ? 'memory-text whole' : 'memory-text'}>
      <p>{children(whole ? text.trim() : short.text)}</p>
      {short.cut && (
        <button
          type="button"
          class="opens more-of"
          aria-expanded={whole}
          tabIndex={tabIndex}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  );
}

/** What took the place of a fact that holds no more. */
export function Then({ successor }: { successor: MemoryRecord }) {
  return (
    <p class="then">
      <span class="quiet">then: </span>
      <bdi>{clipped(successor.content, 120).text}</bdi>
    </p>
  );
}
