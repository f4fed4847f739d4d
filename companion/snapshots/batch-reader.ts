/**
 * Takes what `git cat-file --batch` writes apart, as it comes: a line `<oid> <type> <size>`, the bytes, a line break.
 * Throws where an object is missing.
 */
export function batchReader(each: (oid: string, bytes: Buffer) => void): (chunk: Buffer) => undefined {
  let waiting: Buffer[] = [];
  let held = 0;
  /** How much is needed before it is worth looking again. */
  let wanted = 1;
  return (chunk) => {
    waiting.push(chunk);
    held += chunk.length;
    if (held < wanted) return;
    let rest = Buffer.concat(waiting);
    wanted = 1;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      const [oid, type, size] = rest.toString('latin1', 0, end).split(' ') as [string, string, string?];
      if (size === undefined)
        throw new Error(`The object ${oid} of a snapshot is not to be had (${type}). Take a new snapshot.`);
      const till = end + 1 + Number(size);
      if (rest.length < till + 1) {
        wanted = till + 1;
        break;
      }
      each(oid, rest.subarray(end + 1, till));
      rest = rest.subarray(till + 1);
    }
    waiting = [rest];
    held = rest.length;
  };
}
