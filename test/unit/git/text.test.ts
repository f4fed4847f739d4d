import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanText, decodePath } from '../../../companion/git/text.ts';

describe('git/text', () => {
  it('[F5] gives back every path that is UTF-8, exactly', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (path) => {
        assert.equal(decodePath(Buffer.from(path)), path);
      }),
    );
  });

  it('[F5] gives null for bytes that are not UTF-8, and never a name that would be another file', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const path = decodePath(bytes);
        if (path !== null) assert.deepEqual(Buffer.from(path), Buffer.from(bytes));
      }),
    );
    assert.equal(decodePath(Buffer.from([0x61, 0xff])), null);
    assert.equal(decodePath(Buffer.from('\ufeffa\ufffd')), '\ufeffa\ufffd');
    assert.equal(decodePath(Buffer.alloc(20_000, 'a')), null);
  });

  it('takes what steers a terminal or turns the reading direction out of words', () => {
    assert.equal(cleanText('\u001b[31mred\u0007 \u202eevil\u202c'), '[31mred evil');
    assert.equal(cleanText('two\nlines\r\n'), 'two lines');
    assert.equal(cleanText(Buffer.from([0x61, 0xff, 0x62])), 'a\ufffdb');
  });

  it('cuts words to their limit and leaves no half of a character', () => {
    assert.equal(cleanText('abcdef', 4), 'abc…');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 30 }), (words, limit) => {
        const text = cleanText(words, limit);
        assert.ok(text.length <= limit && text.isWellFormed());
      }),
    );
  });
});
