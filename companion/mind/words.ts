/** Words of English and German that say nothing about what a text is about. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by
  can could did do does doing done down during each few for from further get got had has have having he her here hers
  him his how i if in into is it its itself just let like made make me more most my no nor not now of off on once only
  or other our ours out over own please same she should so some such tell than that the their them then there these
  they this those through to too under until up us use used using very was we were what when where which while who
  whom whose why will with would yet you your yours add added adding know show find look say said know anything something everything
  go going went back come came want need take put run delete remove create add write hello hi hey thanks yes ok okay
  reason chose choose chosen pick picked decide decided open unfinished left
  aber alle allem allen aller als also am an auch auf aus bei bin bis bist da damit dann das dass dem den denn der des
  die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es für gibt haben
  habe hat hatte hier ich ihr ihre im in ist ja kann kein keine man mein mich mir mit nach nicht noch nun nur ob oder
  ohne sehr sein sich sie sind so über um und uns unser unter vom von vor war waren warum was weil wenn wer werden wie
  wieso weshalb wir wird wo wurde zu zum zur zeig sag offen grund entschieden gewählt haben nehmen genommen`.split(
    /\s+/,
  ),
);

/** Letters and digits of any script in lower case; words in two writings, as in `parseLine`, also apart. Pure. */
export function wordsOf(text: string): string[] {
  const apart = text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
  return [text, ...(apart === text ? [] : [apart])].flatMap(
    (each) =>
      each
        .normalize('NFKC')
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [],
  );
}

/** What a text is about: its words without those that say nothing, each once, cut to a stem. Pure. */
export function tellingWords(text: string): string[] {
  const words = wordsOf(text).filter(
    (word) => (word.length > 1 || /\P{ASCII}/u.test(word)) && !STOP_WORDS.has(word),
  );
  return [...new Set(words.map(stem))];
}

/** Endings of English and German that inflect a word; never more than leaves four letters. Pure. */
export function stem(word: string): string {
  if (/\d/.test(word)) return word;
  const ending = /(?:ations?|ing|edly|ies|ers?|ed|es|en|em|ung|s|e|n)$/u.exec(word)?.[0] ?? '';
  return word.length - ending.length >= 4 ? word.slice(0, word.length - ending.length) : word;
}
