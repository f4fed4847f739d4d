import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { nextIndex } from '../model/keys.ts';

/**
 * The focus in a list of rows: one row takes part in the Tab order; the arrows, Home and End move between rows. A
 * row is an element with `data-row`, its id; its first `.title` takes the focus.
 */
export function useRowFocus(
  list: RefObject<HTMLElement | null>,
  order: readonly string[],
  chosen: string | null,
): RowFocus {
  const [active, setActive] = useState<string | null>(null);
  const entry = [active, chosen].find((id) => id !== null && order.includes(id)) ?? order[0] ?? null;
  const focusRow = (id: string | undefined) =>
    list.current?.querySelector<HTMLElement>(`[data-row="${id}"] .title`)?.focus();

  // When the row with the focus leaves the list, the row that takes its place gets the focus.
  const last = useRef<{ id: string; index: number } | null>(null);
  useLayoutEffect(() => {
    const left = last.current;
    if (left && !order.includes(left.id) && document.activeElement === document.body) {
      focusRow(order[Math.min(left.index, order.length - 1)]);
    }
  });
  // Back from the details of a row, it has the focus again.
  const before = useRef(chosen);
  useLayoutEffect(() => {
    if (before.current && !chosen && document.activeElement === document.body) focusRow(before.current);
    before.current = chosen;
  }, [chosen]);

  return {
    entry,
    focused(id) {
      last.current = { id, index: order.indexOf(id) };
      setActive(id);
    },
    onKeyDown(event) {
      const next = entry === null ? null : nextIndex(event.key, order.indexOf(entry), order.length);
      if (next === null || event.defaultPrevented) return;
      event.preventDefault();
      focusRow(order[next]);
    },
  };
}

export interface RowFocus {
  /** The row that takes part in the Tab order. */
  readonly entry: string | null;
  /** Something in this row got the focus. */
  focused(id: string): void;
  onKeyDown(event: KeyboardEvent): void;
}
