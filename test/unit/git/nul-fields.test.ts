import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldStream, splitFields, splitRecords } from '../../../companion/git/nul-fields.ts';

/** Any bytes but NUL. */
const field = fc.uint8Array({ min: 1, maxLength: 30 });

describe('git/nul-fields', () => {
  it('finds the same fields however the chunks fall', () => {
    fc.assert(
      fc.property(fc.array(field), fc.array(fc.nat(10), { minLength: 1 }), (fields, sizes) => {
        const output = Buffer.concat(fields.map((f) => Buffer.from([...f, 0])));
        const found: Buffer[] = [];
        const stream = fieldStream((f) => found.push(Buffer.from(f)));
        for (let at = 0, i = 0; at < output.length; i++) {
          const size = (sizes[i % sizes.length] ?? 0) + 1;
          stream.push(output.subarray(at, at + size));
          at += size;
        }
        stream.end();
        assert.deepEqual(
          found,
          fields.map((f) => Buffer.from(f)),
        );
      }),
    );
  });

  it('gives a last field without its end, and no empty one', () => {
    assert.deepEqual(splitFields(Buffer.from('a\0\0b')).map(String), ['a', '', 'b']);
    assert.deepEqual(splitFields(Buffer.from('a\0')).map(String), ['a']);
  });

  it('keeps a bounded part of an endless field', () => {
    const found: number[] = [];
    const stream = fieldStream((f) => found.push(f.length));
    for (let i = 0; i < 64; i++) stream.push(Buffer.alloc(65_536, 'x'));
    stream.push(Buffer.from('\0next\0'));
    assert.deepEqual(found, [65_536, 4]);
  });

  it('reads records whose fields hold newlines', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field)), (rows) => {
        const output = Buffer.concat(rows.map(([a, b]) => Buffer.from([...a, 0, ...b, 0, 0x0a])));
        const expected = rows.map((row) => row.map((f) => Buffer.from(f)));
        assert.deepEqual(splitRecords(output, 2), expected);
      }),
    );
  });
});
