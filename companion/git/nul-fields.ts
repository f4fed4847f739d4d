/** Bytes of a field that are kept. What is longer is cut, so that a forged message costs bounded memory. */
const LONGEST_FIELD = 65_536;

/** Cuts a stream of chunks into the fields that NUL bytes end. Feed it, then call `end` once. */
export interface FieldStream {
  push(chunk: Buffer): void;
  end(): void;
}

/**
 * Calls `onField` for each NUL-terminated field. A last field without its NUL is given at `end` only when it
 * has bytes. Fields share memory with the chunks: copy what is kept.
 */
export function fieldStream(onField: (field: Buffer) => void): FieldStream {
  let held: Buffer[] = [];
  let heldBytes = 0;

  const hold = (part: Buffer): void => {
    const room = LONGEST_FIELD - heldBytes;
    if (part.length === 0 || room <= 0) return;
    const kept = part.subarray(0, room);
    held.push(kept);
    heldBytes += kept.length;
  };
  const flush = (last: Buffer): void => {
    if (heldBytes === 0) {
      onField(last.subarray(0, LONGEST_FIELD));
      return;
    }
    hold(last);
    const field = Buffer.concat(held, heldBytes);
    held = [];
    heldBytes = 0;
    onField(field);
  };

  return {
    push(chunk) {
      let start = 0;
      for (let nul = chunk.indexOf(0); nul !== -1; nul = chunk.indexOf(0, start)) {
        flush(chunk.subarray(start, nul));
        start = nul + 1;
      }
      hold(chunk.subarray(start));
    },
    end() {
      if (heldBytes > 0) flush(Buffer.alloc(0));
    },
  };
}

/** All fields of a whole output. */
export function splitFields(output: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  const stream = fieldStream((field) => fields.push(field));
  stream.push(output);
  stream.end();
  return fields;
}

/**
 * Records of `for-each-ref`, which ends a record with a newline and can write NUL only by format: the format
 * must be `count` fields, each followed by `%00`. A field may itself hold newlines.
 */
export function splitRecords(output: Buffer, count: number): Buffer[][] {
  const fields = splitFields(output);
  const records: Buffer[][] = [];
  for (let i = 0; i + count <= fields.length; i += count) {
    const record = fields.slice(i, i + count);
    // The newline that ended the record before stands at the head of this one.
    if (i > 0) record[0] = record[0]!.subarray(1);
    records.push(record);
  }
  return records;
}
