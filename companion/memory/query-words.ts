/** English function words. They say nothing about what a query is after, unless there is nothing else in it. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by
  can could did do does doing down during each few for from further had has have having he her here hers herself him
  himself his how i if in into is it its itself just me more most my myself no nor not now of off on once only or
  other our ours ourselves out over own same she should so some such than that the their theirs them themselves then
  there these they this those through to too under until up very was we were what when where which while who whom
  whose why will with would you your yours yourself yourselves`.split(/\s+/),
);

/** A query of any length costs no more than this. */
const MOST_WORDS = 64;

/** Letters and digits of any script, in lower case; no word twice; what says nothing left out. Pure. */
export function queryWords(query: string): string[] {
  const words = query.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const telling = words.filter((word) => !STOP_WORDS.has(word) && word.length > 1);
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS);
}

/** The expression that finds any of `words` in FTS5. Each is a quoted string, so that none can be an operator. Pure. */
export function matchAny(words: readonly string[]): string {
  return words.map((word) => `"${word.replaceAll('"', '""')}"`).join(' OR ');
}

/** A word in lower case that says nothing by itself. Pure. */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
