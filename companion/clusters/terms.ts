/** How often each term stands in a text. */
export type TermCounts = ReadonlyMap<string, number>;

/** No subject costs more than this. */
const MOST_WORDS = 2000;

/** How often each word of three letters and more stands in a text; words of any script, in lower case. Pure. */
export function termCounts(text: string): TermCounts {
  const counts = new Map<string, number>();
  let words = 0;
  for (const [word] of text.toLowerCase().matchAll(/\p{L}[\p{L}\p{M}\p{N}]{2,}|\p{Lo}{2,}/gu)) {
    if (++words > MOST_WORDS) break;
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
