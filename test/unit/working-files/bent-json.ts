/** A JSON document that a test bends as it likes: every field may be read, set and deleted. */
// biome-ignore lint/suspicious/noExplicitAny: the one place where shape does not matter
export type LooseJson = any;

/** The text of a JSON document after a change. */
export function bent(text: string, change: (document: LooseJson) => void): string {
  const document: LooseJson = JSON.parse(text);
  change(document);
  return `${JSON.stringify(document, null, 2)}\n`;
}
