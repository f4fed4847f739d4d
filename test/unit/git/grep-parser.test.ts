import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type GrepLine, grepReader } from '../../../companion/git/grep-parser.ts';

function parse(chunks: readonly Buffer[]): [string, number, string][] {
  const lines: [string, number, string][] = [];
  const read = grepReader(
    ({ path, line, text }: GrepLine) => void lines.push([String(path), line, String(text)]),
  );
  for (const chunk of chunks) read(chunk);
  return lines;
}

describe('git/grep-parser', () => {
  it('[F5] reads back any paths and texts, however the chunks fall', () => {
    const path = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((p) => !p.includes('\0') && p.isWellFormed());
    const text = fc.string({ unit: 'grapheme' }).filter((t) => !t.includes('\n') && t.isWellFormed());
    fc.assert(
      fc.property(fc.array(fc.tuple(path, fc.nat(), text)), fc.integer({ min: 1, max: 9 }), (lines, size) => {
        const output = Buffer.from(lines.map(([p, n, t]) => `${p}\0${n}\0${t}\n`).join(''));
        const chunks = Array.from({ length: Math.ceil(output.length / size) }, (_, i) =>
          output.subarray(i * size, (i + 1) * size),
        );
        assert.deepEqual(parse(chunks), lines);
      }),
    );
  });

  it('keeps a bounded part of a line', () => {
    const [line, next] = parse([Buffer.from(`a\0${1}\0${'x'.repeat(100_000)}\nb\x002\0y\n`)]);
    assert.equal(line?.[2].length, 4_096);
    assert.deepEqual(next, ['b', 2, 'y']);
  });

  it('stops when the reader has enough', () => {
    let count = 0;
    const read = grepReader(() => (++count === 2 ? 'stop' : undefined));
    assert.equal(read(Buffer.from('a\x001\0x\na\x002\0x\na\x003\0x\n')), 'stop');
    assert.equal(count, 2);
  });
});
