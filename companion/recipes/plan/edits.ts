/** Pieces of a text and what takes their place, as a model wrote them. */
export interface Edit {
  readonly find: string;
  readonly replace: string;
}

/** The text with its edits, or why one of them does not fit. Each piece must stand there exactly once. Pure. */
export function applyEdits(
  text: string,
  edits: readonly Edit[],
): { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string } {
  let result = text;
  for (const { find, replace } of edits) {
    if (find === '') {
      if (result !== '') return { ok: false, why: 'a change does not say where it belongs' };
      result = replace.endsWith('\n') || replace === '' ? replace : `${replace}\n`;
      continue;
    }
    const at = result.indexOf(find);
    if (at < 0) return { ok: false, why: 'a piece that it would replace does not stand in the file' };
    if (result.indexOf(find, at + 1) >= 0)
      return { ok: false, why: 'a piece that it would replace stands there more than once' };
    result = `${result.slice(0, at)}${replace}${result.slice(at + find.length)}`;
  }
  return { ok: true, text: result };
}
