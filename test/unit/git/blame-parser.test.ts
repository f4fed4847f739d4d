import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseBlame } from '../../../companion/git/blame-parser.ts';

const A = 'a'.repeat(40);

describe('git/blame-parser', () => {
  it('reads lines of one commit, whose facts come only once', () => {
    const output = `${A} 1 1 2\nauthor Ana B\nauthor-mail <ana@example.com>\nauthor-time 1600000000\nauthor-tz +0200\nsummary author Bo\nfilename a\n\tauthor Eve\n${A} 2 7\n\t\n`;
    const line = { commit: A, author: 'Ana B', email: 'ana@example.com', at: 1_600_000_000_000 };
    assert.deepEqual(
      parseBlame(Buffer.from(output)),
      new Map([
        [1, line],
        [7, line],
      ]),
    );
  });

  it('gives null for a line that is not committed', () => {
    const output = `${'0'.repeat(40)} 3 3 1\nauthor Not Committed Yet\nfilename a\n\tx\n`;
    assert.deepEqual(parseBlame(Buffer.from(output)), new Map([[3, null]]));
  });

  it('[F5] survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parseBlame(Buffer.from(bytes))));
  });
});
