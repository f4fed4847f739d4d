/** Two colours that a face is drawn in. */
export interface Pair {
  readonly name: string;
  /** Of the face itself: to be seen on a light and on a dark page. */
  readonly ground: string;
  /** Of what is drawn on it: at least 4.5:1 against the ground. */
  readonly ink: string;
}

/** Told apart by everybody: by lightness and blueness first, by red and green last. */
export const PAIRS: readonly Pair[] = [
  { name: 'midnight', ground: '#124d8c', ink: '#ffe95c' },
  { name: 'coral', ground: '#de6b50', ink: '#3b0417' },
  { name: 'lagoon', ground: '#2a7578', ink: '#c8fffa' },
  { name: 'lemon', ground: '#f2ce23', ink: '#243a8f' },
  { name: 'lilac', ground: '#ab86d2', ink: '#14243c' },
  { name: 'moss', ground: '#4f5410', ink: '#ffb880' },
  { name: 'brick', ground: '#b8360e', ink: '#f2fcbf' },
  { name: 'sky', ground: '#8dcef9', ink: '#24044f' },
  { name: 'plum', ground: '#7524a3', ink: '#dbe1ff' },
  { name: 'sand', ground: '#eac285', ink: '#241706' },
  { name: 'slate', ground: '#3d4e5c', ink: '#2adde0' },
  { name: 'mint', ground: '#86d6aa', ink: '#33304a' },
];
