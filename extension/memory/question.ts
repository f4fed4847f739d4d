import { formatLocation, to } from '../../webviews/model/location.ts';

/** More of a selection says no more about what is meant. */
const LONGEST = 400;

export interface Spot {
  readonly selection: string;
  /** The word at the cursor, or null between words. */
  readonly word: string | null;
  readonly line: string;
}

/** What to recall about a spot in a file: what is selected, else the name at the cursor, else the line. */
export function questionAbout({ selection, word, line }: Spot): string {
  const asked = [selection, word ?? '', line].map(oneLine).find((text) => text !== '') ?? '';
  return [...asked].slice(0, LONGEST).join('').trim();
}

/** The place in the web app where the question is asked, and where the next one can be typed at once. */
export function memoryRoute(question: string): string {
  const query = { ...(question !== '' && { text: question }), focus: 'search' };
  return formatLocation(to('memory', null, query)).replace(/^#\//, '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
