/**
 * The words of a command as they are typed, quotes and backslashes read as a shell reads them; nothing else is: no
 * variable, no pattern, no pipe. Null where a quote does not end. Pure.
 */
export function parseArgv(typed: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  for (let i = 0; i < typed.length; i++) {
    const character = typed[i] as string;
    if (character === '\\' && quote !== "'" && i + 1 < typed.length) word = (word ?? '') + typed[++i];
    else if (quote !== null) {
      if (character === quote) quote = null;
      else word += character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}
