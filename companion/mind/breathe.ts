/** Lets others run: thousands of notes are read between two turns of the event loop, not in one. */
export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const AT_ONCE = 50;

/** Does something with each of many, a few between two turns of the event loop. */
export async function withBreath<T>(items: readonly T[], each: (item: T) => void): Promise<void> {
  for (const [i, item] of items.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await breathe();
    each(item);
  }
}
