import assert from 'node:assert/strict';
import fc from 'fast-check';
import { batchReader } from '../../../companion/git/object-batch.ts';

describe('git/object-batch', () => {
  it('[F5] reads back any contents, however the chunks fall', () => {
    const content = fc.uint8Array({ maxLength: 40 });
    fc.assert(
      fc.property(fc.array(content), fc.integer({ min: 1, max: 9 }), (contents, size) => {
        const objects = contents.map((bytes, i) =>
          Buffer.concat([Buffer.from(`${i} blob ${bytes.length}\n`), bytes, Buffer.from('\n')]),
        );
        const output = Buffer.concat(objects);
        const found: (Buffer | null)[] = [];
        const push = batchReader(100, (object) => found.push(object.content));
        for (let at = 0; at < output.length; at += size) push(output.subarray(at, at + size));
        assert.deepEqual(
          found,
          contents.map((bytes) => Buffer.from(bytes)),
        );
      }),
    );
  });

  it('passes over what is missing, large or no file', () => {
    const found: [string, string | null][] = [];
    const push = batchReader(5, ({ object, content }) => found.push([object, content && String(content)]));
    push(Buffer.from('a missing\nb blob 6\n123456\nc tree 2\nxy\nd blob 5\n12345\n'));
    assert.deepEqual(found, [
      ['a', null],
      ['b', null],
      ['c', null],
      ['d', '12345'],
    ]);
  });
});
