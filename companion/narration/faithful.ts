const LONGEST = 200;

/**
 * Whether a line that a model wrote may stand for the plain one: one sentence's length, no markup, no number and no name
 * in quotes that the plain one does not have, none of its names lost. Pure.
 */
export function isFaithful(line: string, plain: string): boolean {
  const text = line.trim();
  if (text === '' || text.length > LONGEST || /[\n<>`*_#[\]]/.test(text) || /https?:/i.test(text))
    return false;
  const numbers = (from: string) => new Set(from.match(/\d+(?:[.,]\d+)?/g) ?? []);
  const known = numbers(plain);
  for (const number of numbers(text)) if (!known.has(number)) return false;
  const quoted = (from: string) => (from.match(/"[^"]+"/g) ?? []).toSorted().join();
  return quoted(text) === quoted(plain) && (text.match(/\?/g)?.length ?? 0) <= 1;
}
