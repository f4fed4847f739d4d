/** What one record holds at most, in UTF-16 units: the limit of the contract. */
export const LONGEST_CONTENT = 1_048_576;

/**
 * Cuts text that is longer than a record holds, best between paragraphs, else between lines, words, or code
 * points. Blank parts are left out. Pure.
 */
export function splitContent(text: string, longest = LONGEST_CONTENT): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const at = borderBefore(rest, longest);
    parts.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).replace(/^\s*\n/, '');
  }
  parts.push(rest);
  return parts.filter((part) => part.trim() !== '');
}

function borderBefore(text: string, longest: number): number {
  for (const border of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(border, longest - border.length);
    // A border near the beginning would make a part of a few words.
    if (at > longest / 2) return at + border.length;
  }
  const high = text.charCodeAt(longest - 1);
  return high >= 0xd800 && high <= 0xdbff ? longest - 1 : longest;
}
