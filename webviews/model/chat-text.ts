/** A piece of an answer: words, a name in backticks, or the number of a source. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'cite'; readonly n: number };

const MARKED = /\[(\d{1,3})\]|`([^`\n]+)`/g;

/** An answer in paragraphs, each in pieces. It is plain text: nothing else in it has a meaning. */
export function paragraphsOf(answer: string): Piece[][] {
  return answer
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '')
    .map(piecesOf);
}

function piecesOf(paragraph: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: whole, 1: n, 2: code, index } of paragraph.matchAll(MARKED)) {
    if (index > end) pieces.push({ kind: 'text', text: paragraph.slice(end, index) });
    pieces.push(n === undefined ? { kind: 'code', text: code ?? '' } : { kind: 'cite', n: Number(n) });
    end = index + whole.length;
  }
  if (end < paragraph.length) pieces.push({ kind: 'text', text: paragraph.slice(end) });
  return pieces;
}

const ENDS = /[.!?…](?:["”’)]|\s*\[\d{1,3}\])*(?=\s)|\n/g;

/** How much of a text that is still being written is finished sentences, in characters. */
export function finishedLength(text: string): number {
  let end = 0;
  for (const { 0: whole, index } of text.matchAll(ENDS)) end = index + whole.length;
  return end;
}

/** A sentence for those who listen: without the numbers of its sources. */
export function spoken(text: string): string {
  return text
    .replace(/\s*\[\d{1,3}\]/g, '')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim();
}
