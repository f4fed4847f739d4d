import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { type Renames, readRenames } from '../../../companion/git/index.ts';
import { parseNameStatus } from '../../../companion/git/renames.ts';
import { similarity } from '../../../companion/git/similarity.ts';
import { assign, likeliest } from '../../../companion/git/untracked-renames.ts';
import { makeRepository, type TestRepository } from '../../fixtures/repository.ts';

const text = (seed: string): string =>
  Array.from({ length: 20 }, (_, i) => `line ${i} of ${seed}\n`).join('');

function move(repo: TestRepository, from: string, to: string): void {
  mkdirSync(path.dirname(path.join(repo.root, to)), { recursive: true });
  renameSync(path.join(repo.root, from), path.join(repo.root, to));
}

const pairs = ({ renamed }: Renames): [string, string][] => renamed.map(({ from, to }) => [from, to]);

describe('git/renames', function () {
  this.timeout(20_000);

  it('[F7] follows files between commits', async () => {
    await using repo = await makeRepository();
    const before = repo.commit({ 'a b.ts': text('a'), c: text('c') });
    move(repo, 'a b.ts', 'new/a "b".ts');
    rmSync(path.join(repo.root, 'c'));
    repo.commit({ 'new/a "b".ts': `${text('a')}more\n` });
    const found = await readRenames(await repo.open(), before, { to: 'HEAD' });
    assert.deepEqual([pairs(found), found.deleted], [[['a b.ts', 'new/a "b".ts']], ['c']]);
    assert.ok((found.renamed[0]?.similarity ?? 0) > 0.9);
  });

  it('[F7] follows files in the work tree, staged or only moved', async () => {
    await using repo = await makeRepository();
    repo.commit({
      staged: text('staged'),
      moved: text('moved'),
      edited: text('edited'),
      gone: text('gone'),
      other: text('other'),
    });
    repo.run('mv', 'staged', 'staged-2');
    move(repo, 'moved', 'folder/moved');
    move(repo, 'edited', 'edited-2.ts');
    repo.write({ 'edited-2.ts': text('edited').replace('line 3', 'changed') });
    for (const name of ['gone', 'other']) rmSync(path.join(repo.root, name));
    repo.write({ unlike: text('unlike'), '.env': text('gone') });
    const repository = await repo.open();
    const found = await readRenames(repository, 'HEAD', { following: ['moved', 'edited', 'gone'] });
    assert.deepEqual(pairs(found).sort(), [
      ['edited', 'edited-2.ts'],
      ['moved', 'folder/moved'],
      ['staged', 'staged-2'],
    ]);
    assert.deepEqual([...found.deleted].sort(), ['gone', 'other']);
    assert.deepEqual(pairs(await readRenames(repository, 'HEAD')), [['staged', 'staged-2']]);
  });

  it('[F5] is empty where nothing is committed', async () => {
    await using repo = await makeRepository();
    assert.deepEqual(await readRenames(await repo.open(), 'HEAD', { following: ['a'] }), {
      renamed: [],
      deleted: [],
    });
  });

  it('[F5] reads back any names', () => {
    const name = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((s) => !s.includes('\0') && s.isWellFormed());
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name)), fc.array(name), (moves, gone) => {
        const output = [...moves.map(([a, b]) => `R087\0${a}\0${b}\0`), ...gone.map((a) => `D\0${a}\0`)].join(
          '',
        );
        const found = parseNameStatus(Buffer.from(output));
        assert.deepEqual(found, {
          renamed: moves.map(([from, to]) => ({ from, to, similarity: 0.87 })),
          deleted: gone,
        });
      }),
    );
  });

  it('measures how much of two texts is the same', () => {
    assert.equal(similarity('a\nb\n', 'a\r\nb'), 1);
    assert.equal(similarity('a\n', 'b\n'), 0);
    assert.deepEqual([similarity('', ''), similarity('', 'a')], [1, 0]);
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const score = similarity(a, b);
        assert.ok(score >= 0 && score <= 1 && score === similarity(b, a));
      }),
    );
  });

  it('takes each file once, the most alike first, and tries the likeliest names first', () => {
    const pair = (from: string, to: string, alike: number) => ({ from, to, similarity: alike });
    const found = assign([
      pair('x/a', 'b', 0.9),
      pair('x/a', 'y/a', 0.9),
      pair('c', 'y/a', 0.8),
      pair('c', 'b', 0.6),
    ]);
    assert.deepEqual(found, [pair('x/a', 'y/a', 0.9), pair('c', 'b', 0.6)]);
    assert.deepEqual(likeliest('x/a.ts', ['b.md', 'c.ts', 'y/a.ts']), ['y/a.ts', 'c.ts', 'b.md']);
  });
});
