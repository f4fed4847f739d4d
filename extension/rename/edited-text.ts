/** A change of a text as editors tell it: lines and characters from 0, the end not included. */
export interface TextChange {
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly newText: string;
}

/** A text after changes that do not overlap; all of them are in places of the text as it was. Throws where they do. */
export function editedText(text: string, changes: readonly TextChange[]): string {
  const starts = lineStarts(text);
  const offsetOf = ({ line, character }: TextChange['range']['start']) => {
    const start = starts[line];
    if (start === undefined) throw new Error(`The edit is on line ${line + 1} of ${starts.length}.`);
    return Math.min(start + character, starts[line + 1] ?? text.length);
  };
  const places = changes
    .map(({ range, newText }, order) => ({
      from: offsetOf(range.start),
      to: offsetOf(range.end),
      newText,
      order,
    }))
    .sort((a, b) => a.from - b.from || a.to - b.to || a.order - b.order);
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, newText } of places) {
    if (from < at) throw new Error('Two of the edits are in the same place.');
    pieces.push(text.slice(at, from), newText);
    at = to;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}

/** Where each line begins; "\r\n", "\n" and "\r" end one, as editors count. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}
