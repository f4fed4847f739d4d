/** Bytes of a line that are kept: enough to see that it is too long. */
const LONGEST_LINE = 4_096;

/** A line that matched. `path` as bytes, for they may not be UTF-8. */
export interface GrepLine {
  readonly path: Buffer;
  readonly line: number;
  readonly text: Buffer;
}

/**
 * Reads `git grep -n -z`: path NUL line-number NUL text LF. A path may hold newlines and a text NULs, so the
 * place decides what a byte means. `onLine` says 'stop' when it has enough. Constant memory.
 */
export function grepReader(
  onLine: (line: GrepLine) => 'stop' | undefined,
): (chunk: Buffer) => 'stop' | undefined {
  let state: 'path' | 'line' | 'text' = 'path';
  let parts: Buffer[] = [];
  let kept = 0;
  let path: Buffer = Buffer.alloc(0);
  let line = 0;

  const take = (part: Buffer): void => {
    const piece = part.subarray(0, Math.max(0, LONGEST_LINE - kept));
    if (piece.length > 0) parts.push(piece);
    kept += piece.length;
  };
  const finish = (): Buffer => {
    const whole = Buffer.concat(parts);
    parts = [];
    kept = 0;
    return whole;
  };

  return (chunk) => {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(state === 'text' ? 0x0a : 0, start);
      take(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (end === -1) return undefined;
      start = end + 1;
      const field = finish();
      if (state === 'path') path = field;
      if (state === 'line') line = Number(field.toString('latin1'));
      if (state === 'text' && onLine({ path, line, text: field }) === 'stop') return 'stop';
      state = state === 'path' ? 'line' : state === 'line' ? 'text' : 'path';
    }
    return undefined;
  };
}
