import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Commit, type FileChange, logReader, parseLog } from '../../../companion/git/commit-log.ts';
import { fieldStream } from '../../../companion/git/nul-fields.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);

function header(commit: string, subject = 'subject', parents = ''): string {
  return `c${commit}\0${parents}\0Ana\0ana@example.com\0${1_600_000_000}\0${1_600_000_060}\0${subject}\0\0`;
}

const raw = (status: string, path: string): string => `:100644 100644 ${A} ${B} ${status}\0${path}\0`;

describe('git/commit-log', () => {
  it('reads commits, with and without files', () => {
    const output = `${header(A, 'one', B)}\n${raw('M', 'a b')}${raw('D', 'c')}${header(B)}`;
    const [one, two] = parseLog(Buffer.from(output));
    assert.deepEqual(one?.commit, {
      commit: A,
      parents: [B],
      author: 'Ana',
      email: 'ana@example.com',
      authoredAt: 1_600_000_000_000,
      committedAt: 1_600_000_060_000,
      subject: 'one',
    });
    assert.deepEqual(
      one.files.map((f) => [f.status, f.path, f.blob]),
      [
        ['M', 'a b', B],
        ['D', 'c', B],
      ],
    );
    assert.deepEqual([two?.commit.commit, two?.commit.parents, two?.files], [B, [], []]);
  });

  it('reads numbers of lines, none for a binary file', () => {
    const output = `${header(A)}\n12\t3\ta\tb\0-\t-\tpicture\0`;
    const files = parseLog(Buffer.from(output))[0]?.files.map((f) => [f.path, f.insertions, f.deletions]);
    assert.deepEqual(files, [
      ['a\tb', 12, 3],
      ['picture', null, null],
    ]);
  });

  it('[F5] a subject or a path that looks like the format changes nothing', () => {
    const output = `${header(A, `c${B} :100644 1\t1\tx`)}\n${raw('A', `c${B}`)}${raw('A', ':100644')}${raw('A', '1\t2\tx')}${header(B, '')}`;
    const commits = parseLog(Buffer.from(output));
    assert.deepEqual(
      commits.map((c) => c.commit.commit),
      [A, B],
    );
    assert.deepEqual(
      commits[0]?.files.map((f) => f.path),
      [`c${B}`, ':100644', '1\t2\tx'],
    );
  });

  it('gives null instead of the files of a bulk change', () => {
    const seen: [string, number | null][] = [];
    const reader = logReader(
      (commit: Commit, files: FileChange[] | null) => seen.push([commit.commit, files?.length ?? null]),
      2,
    );
    const stream = fieldStream(reader.push);
    stream.push(
      Buffer.from(
        `${header(A)}\n${raw('M', 'a')}${raw('M', 'b')}${raw('M', 'c')}${header(B)}\n${raw('M', 'a')}${raw('M', 'b')}`,
      ),
    );
    reader.end();
    assert.deepEqual(seen, [
      [A, null],
      [B, 2],
    ]);
  });

  it('takes a time that no calendar holds as unknown', () => {
    const output = header(A).replace('1600000000', '18446744073709551615').replace('1600000060', '');
    assert.deepEqual(
      [parseLog(Buffer.from(output))[0]?.commit].map((c) => [c?.authoredAt, c?.committedAt]),
      [[0, 0]],
    );
  });

  it('[F5] reads back any paths', () => {
    const path = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((p) => !p.includes('\0') && p.isWellFormed());
    fc.assert(
      fc.property(fc.array(fc.array(path)), (commits) => {
        const output = commits.map(
          (paths) => `${header(A)}${paths.length > 0 ? '\n' : ''}${paths.map((p) => raw('M', p)).join('')}`,
        );
        const read = parseLog(Buffer.from(output.join('')));
        assert.deepEqual(
          read.map((c) => c.files.map((f) => f.path)),
          commits,
        );
      }),
    );
  });

  it('[F5] survives any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void parseLog(Buffer.from(bytes))));
  });
});
