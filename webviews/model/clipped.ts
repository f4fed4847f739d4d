/** So many lines are shown of a text with many short ones. */
const LINES = 4;

/** The beginning of a text, about `most` characters of it, cut at a word, and whether anything was left out. */
export function clipped(text: string, most: number): { text: string; cut: boolean } {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
  const first = lines.slice(0, lines.length <= LINES + 1 ? LINES + 1 : LINES).join('\n');
  const characters = [...first];
  const whole = lines.join('\n');
  // A rest of a few words is not worth a button.
  if (first === whole && characters.length <= most * 1.2) return { text: whole, cut: false };
  if (characters.length <= most) return { text: `${first} …`, cut: true };
  const head = characters.slice(0, most).join('');
  const space = head.search(/\s\S*$/);
  return { text: `${(space > most * 0.6 ? head.slice(0, space) : head).trimEnd()}…`, cut: true };
}
