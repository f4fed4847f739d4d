/** A record that something is drawn from. */
export interface Told {
  readonly id: string;
  /** When it happened, ms since the epoch. */
  readonly at: number;
  readonly text: string;
}

/** A sentence as it stands in a record. */
export interface Quote {
  readonly id: string;
  readonly at: number;
  readonly text: string;
}

interface Sentence extends Quote {
  /** Terms and their weights, of length 1 together. */
  readonly weights: ReadonlyMap<string, number>;
}

/** The most quoted sentences of one summary. */
const MOST = 5;
/** Of each record its beginning is read: so many characters, so many sentences. */
const READ = 1500;
const SENTENCES = 6;
const LONGEST = 280;
/** Fewer terms say nothing by themselves ("Yes, that works."), and a question says what nobody knew. */
const LEAST_TERMS = 5;
const QUESTION = /[?？؟]["'”’)\]]*$/u;
/** Two sentences that are nearer than this say the same; one of them is enough. */
const SAME = 0.5;

/**
 * The sentences that say best what many records are about, one of each record at most, in the order in which they
 * happened: those nearest to the centroid of all (Radev and others 2004), by TF-IDF over the sentences themselves,
 * that do not repeat one another. Pure.
 */
export function extract(records: readonly Told[]): Quote[] {
  const sentences = weigh(records.flatMap(sentencesOf));
  const centre = new Map<string, number>();
  for (const { weights } of sentences)
    for (const [term, weight] of weights) centre.set(term, (centre.get(term) ?? 0) + weight);
  const scored = sentences
    .map((sentence) => ({ sentence, score: dot(sentence.weights, centre) }))
    .sort(
      (a, b) =>
        b.score - a.score || b.sentence.at - a.sentence.at || (a.sentence.id < b.sentence.id ? -1 : 1),
    );
  const chosen: Sentence[] = [];
  for (const { sentence } of scored) {
    if (chosen.length === MOST) break;
    const known = chosen.some(
      ({ id, weights }) => id === sentence.id || dot(weights, sentence.weights) > SAME,
    );
    if (!known) chosen.push(sentence);
  }
  return chosen
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(({ id, at, text }) => ({ id, at, text }));
}

/** The first sentences of a text, whole; those that are too long, by their beginning. Pure. */
function sentencesOf({ id, at, text }: Told): Quote[] {
  const parts = text
    .slice(0, READ)
    .split(/\n+|(?<=[.!?。！？])\s+/u)
    .map((part) => part.replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '' && !QUESTION.test(part));
  return parts.slice(0, SENTENCES).map((part) => ({ id, at, text: shortened(part) }));
}

function shortened(text: string): string {
  const points = [...text];
  return points.length <= LONGEST ? text : `${points.slice(0, LONGEST - 1).join('')}…`;
}

function weigh(quotes: readonly Quote[]): Sentence[] {
  const counted = quotes
    .map((quote) => ({ ...quote, terms: new Set(termsOf(quote.text)) }))
    .filter(({ terms }) => terms.size >= LEAST_TERMS);
  const holders = new Map<string, number>();
  for (const { terms } of counted) for (const term of terms) holders.set(term, (holders.get(term) ?? 0) + 1);
  return counted.map(({ terms, ...quote }) => {
    const raw = [...terms].map((term) => [term, Math.log(1 + counted.length / holders.get(term)!)] as const);
    const length = Math.sqrt(raw.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
    return { ...quote, weights: new Map(raw.map(([term, weight]) => [term, weight / length])) };
  });
}

function termsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]{2,}|\p{Lo}{2,}/gu) ?? [];
}

function dot(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}
