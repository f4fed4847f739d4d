import { TEXT_LIMIT } from './anchor-config.ts';

/** A line as an anchor keeps it: trimmed (a byte order mark too), cut to the limit, never half a character. */
export function keptText(line: string): string {
  const trimmed = line.trim();
  const cut = trimmed.length > TEXT_LIMIT ? trimmed.slice(0, TEXT_LIMIT).trimEnd() : trimmed;
  return cut.toWellFormed();
}

/**
 * What is left of a line when a formatter's taste is taken out: no whitespace, one kind of quote, no closing
 * comma or semicolon. Lines with the same key are "the same text".
 */
export function keyOf(text: string): string {
  const bare = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
  return bare.replace(/["`]/g, "'").replace(/(?<=.)[,;]+$/, '');
}

/** Lines as an editor counts them: CRLF, LF or CR ends one; a final end of line opens an empty last line. */
export function splitLines(text: string): string[] {
  return text.split(/\r\n|\n|\r/);
}

/** Words and single punctuation marks, in order. */
export function tokensOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}_$]+|[^\s\p{L}\p{N}_$]/gu) ?? [];
}
