/** Reads "src/parser.ts:41" or "src/parser.ts"; nothing for an empty text. */
export function readPlace(text: string): { file?: string; line?: number } {
  const match = /^(.*?)(?::(\d{1,8})(?::\d+)?)?$/.exec(text.trim().replaceAll('\\', '/'));
  const file = match?.[1]?.replace(/^\.\//, '');
  if (!file) return {};
  const line = Number(match?.[2]);
  return { file, ...(line > 0 && { line }) };
}
