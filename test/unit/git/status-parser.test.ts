import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitFields } from '../../../companion/git/nul-fields.ts';
import { type StatusEntries, statusReader } from '../../../companion/git/status-parser.ts';

const OID = '0123456789012345678901234567890123456789';

function parse(output: Buffer | string, cap = 100): StatusEntries {
  const reader = statusReader(cap);
  for (const field of splitFields(Buffer.from(output))) reader.push(field);
  return reader.result();
}

const changed = (code: string, path: string, sub = 'N...'): string =>
  `1 ${code} ${sub} 100644 100644 100644 ${OID} ${OID} ${path}\0`;

/** Any name that a tree can hold, the ugly ones first. */
const name = fc
  .oneof(
    fc.constantFrom(' ', '\n', '"', '-', '?', '1 M. ', '🦊', '\t', 'a\r\nb', '\\'),
    fc.string({ unit: 'grapheme', minLength: 1 }),
  )
  .filter((path) => !path.includes('\0') && path.isWellFormed());

describe('git/status-parser', () => {
  const change = { from: null, submodule: false };
  const cases: [string, string, Partial<Record<keyof StatusEntries, unknown>>][] = [
    [
      'a staged change',
      changed('M.', 'a'),
      { staged: { items: [{ path: 'a', change: 'modified', ...change }], total: 1 } },
    ],
    [
      'an unstaged deletion',
      changed('.D', 'a'),
      { unstaged: { items: [{ path: 'a', change: 'deleted', ...change }], total: 1 } },
    ],
    [
      'a change on both sides',
      changed('AM', 'a b'),
      {
        staged: { items: [{ path: 'a b', change: 'added', ...change }], total: 1 },
        unstaged: { items: [{ path: 'a b', change: 'modified', ...change }], total: 1 },
      },
    ],
    [
      'a rename and what follows it',
      `2 R. N... 100644 100644 100644 ${OID} ${OID} R090 new name\0? old\0? next\0`,
      {
        staged: {
          items: [{ path: 'new name', change: 'renamed', from: '? old', submodule: false }],
          total: 1,
        },
        untracked: { items: ['next'], total: 1 },
      },
    ],
    [
      'a submodule',
      changed('.M', 'lib', 'SC..'),
      { unstaged: { items: [{ path: 'lib', change: 'modified', from: null, submodule: true }], total: 1 } },
    ],
    [
      'a conflict',
      `u UD N... 100644 100644 000000 100644 ${OID} ${OID} ${OID} a b\0`,
      { conflicts: { items: [{ path: 'a b', conflict: 'deleted-there' }], total: 1 } },
    ],
    [
      'headers and things to come',
      '# branch.oid 123\0# stash 1\0x new kind\0? a\0',
      { untracked: { items: ['a'], total: 1 } },
    ],
    ['a path that is not UTF-8', '', {}],
  ];
  for (const [title, output, expected] of cases) {
    it(`reads ${title}`, () => {
      const none = { items: [], total: 0 };
      assert.deepEqual(parse(output), {
        ...{ staged: none, unstaged: none, untracked: none, conflicts: none, undecodable: 0 },
        ...expected,
      });
    });
  }

  it('[F5] counts a path that is not UTF-8 and does not list it', () => {
    const output = Buffer.concat([
      Buffer.from(changed('MM', 'a').slice(0, -2)),
      Buffer.from([0xff, 0, 0x3f, 0x20, 0xfe, 0]),
    ]);
    const { staged, unstaged, untracked, undecodable } = parse(output);
    assert.deepEqual([staged, unstaged, untracked], Array(3).fill({ items: [], total: 1 }));
    assert.equal(undecodable, 2);
  });

  it('cuts lists and counts everything', () => {
    const { untracked } = parse('? a\0? b\0? c\0', 2);
    assert.deepEqual(untracked, { items: ['a', 'b'], total: 3 });
  });

  it('[F5] reads back any names', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('modified', 'renamed', 'untracked'), name, name)),
        (rows) => {
          const output = rows.map(([kind, path, from]) => {
            if (kind === 'untracked') return `? ${path}\0`;
            if (kind === 'modified') return changed('.M', path);
            return `2 R. N... 100644 100644 100644 ${OID} ${OID} R100 ${path}\0${from}\0`;
          });
          const { staged, unstaged, untracked } = parse(output.join(''), 1_000);
          const of = (kind: string): string[] => rows.flatMap((row) => (row[0] === kind ? [row[1]] : []));
          assert.deepEqual(untracked.items, of('untracked'));
          assert.deepEqual(
            unstaged.items.map((item) => item.path),
            of('modified'),
          );
          assert.deepEqual(
            staged.items.map((item) => item.path),
            of('renamed'),
          );
          assert.deepEqual(
            staged.items.map((item) => item.from),
            rows.flatMap((row) => (row[0] === 'renamed' ? [row[2]] : [])),
          );
        },
      ),
    );
  });

  it('[F5] survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parse(Buffer.from(bytes))));
  });
});
