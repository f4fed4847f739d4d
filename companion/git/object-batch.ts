/** An object of `git cat-file --batch`; null content where it is missing, no blob, or larger than the limit. */
export interface BatchObject {
  readonly object: string;
  readonly content: Buffer | null;
}

const NEWLINE = 0x0a;

/**
 * Reads `git cat-file --batch`: a header line ("<object> blob <size>" or "<object> missing"), then the content
 * and a newline. Objects come in the order asked for. Contents over `limit` bytes are passed over.
 */
export function batchReader(limit: number, onObject: (object: BatchObject) => void): (chunk: Buffer) => void {
  let header: Buffer = Buffer.alloc(0);
  let current: { object: string; size: number; keep: boolean } | null = null;
  let parts: Buffer[] = [];
  let seen = 0;

  const finish = (): void => {
    const { object, size, keep } = current!;
    onObject({ object, content: keep ? Buffer.concat(parts).subarray(0, size) : null });
    current = null;
    parts = [];
    seen = 0;
  };

  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (current) {
        // The newline after the content counts as part of it here.
        const piece = chunk.subarray(at, at + current.size + 1 - seen);
        if (current.keep) parts.push(piece);
        seen += piece.length;
        at += piece.length;
        if (seen > current.size) finish();
        continue;
      }
      const end = chunk.indexOf(NEWLINE, at);
      header = Buffer.concat([header, chunk.subarray(at, end === -1 ? chunk.length : end)]);
      if (end === -1) return;
      at = end + 1;
      const [object = '', type, size] = header.toString('latin1').split(' ');
      header = Buffer.alloc(0);
      if (size === undefined) onObject({ object, content: null });
      else current = { object, size: Number(size), keep: type === 'blob' && Number(size) <= limit };
    }
  };
}
