/** The first JSON object in a text, however it is wrapped; undefined where there is none. Pure. */
export function jsonIn(text: string): unknown {
  const from = text.indexOf('{');
  for (let to = text.lastIndexOf('}'); from >= 0 && to > from; to = text.lastIndexOf('}', to - 1)) {
    try {
      return JSON.parse(text.slice(from, to + 1));
    } catch {
      // A shorter piece may be whole.
    }
  }
  return undefined;
}
