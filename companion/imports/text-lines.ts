import type { Skip } from './source-file.ts';

/** Longer than any line that a chat archive has; only a file that is something else has one. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The lines of a text that comes in pieces, ended by LF or CR LF only: other line separators may stand inside a
 * JSON string. A line of more than `longest` characters is skipped. With `keepCr`, LF alone
 * ends a line.
 */
export async function* linesOf(
  chunks: AsyncIterable<string>,
  skip: Skip,
  { longest = LONGEST_LINE, keepCr = false }: { longest?: number; keepCr?: boolean } = {},
): AsyncGenerator<string> {
  let held = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      const line = held + chunk.slice(start, end);
      if (!tooLong) yield !keepCr && line.endsWith('\r') ? line.slice(0, -1) : line;
      held = '';
      tooLong = false;
      start = end + 1;
    }
    if (!tooLong) held += chunk.slice(start);
    if (held.length <= longest) continue;
    skip('a line that is too long');
    held = '';
    tooLong = true;
  }
  if (held !== '' && !tooLong) yield !keepCr && held.endsWith('\r') ? held.slice(0, -1) : held;
}
