import assert from 'node:assert/strict';
import path from 'node:path';
import { parseTrack } from '../../../companion/git/branches.ts';
import {
  type Branches,
  openRepository,
  type Repository,
  readBranches,
  readDefaultBranch,
} from '../../../companion/git/index.ts';
import { ANA, BO, FIRST_COMMIT_AT, makeRepository, type TestRepository } from '../../fixtures/repository.ts';

async function read(
  repository: Repository,
  of: 'local' | 'remote' = 'local',
  limit?: number,
): Promise<Branches> {
  const against = await readDefaultBranch(repository);
  return readBranches(repository, { against, of, ...(limit === undefined ? {} : { limit }) });
}

/** main with two commits, "merged" and "open" from the first, "open" two ahead. */
async function withBranches(): Promise<TestRepository> {
  const repo = await makeRepository();
  repo.commit({ a: 'a' });
  repo.run('branch', 'merged');
  repo.branch('open');
  repo.commit({ b: 'b' }, { author: BO });
  repo.commit({ c: 'c' }, { author: BO, message: 'the third\nand its end\n\nmore' });
  repo.checkout('main');
  repo.commit({ d: 'd' });
  return repo;
}

describe('git/branches', function () {
  this.timeout(20_000);

  it('tells tips, newest first, and how they stand to the default branch', async () => {
    await using repo = await withBranches();
    const { items, truncated, undecodable } = await read(await repo.open());
    assert.deepEqual([truncated, undecodable], [false, 0]);
    assert.deepEqual(
      items.map(({ name, current, merged, divergence, author }) => ({
        name,
        current,
        merged,
        divergence,
        author,
      })),
      [
        { name: 'main', current: true, merged: true, divergence: null, author: 'Ana' },
        { name: 'open', current: false, merged: false, divergence: { ahead: 2, behind: 1 }, author: 'Bo' },
        { name: 'merged', current: false, merged: true, divergence: null, author: 'Ana' },
      ],
    );
    const open = items[1];
    assert.deepEqual(
      [open?.ref, open?.subject, open?.email, open?.committedAt, open?.checkedOutAt],
      ['refs/heads/open', 'the third and its end', BO.email, FIRST_COMMIT_AT + 3 * 60_000, null],
    );
    assert.equal(items[0]?.checkedOutAt, repo.root);
  });

  it('tells upstream and how far from it, also when it is gone', async () => {
    await using repo = await withBranches();
    repo.run('clone', '-q', repo.root, '../clone');
    const root = path.join(repo.folder, 'clone');
    const git = (...args: string[]): string => repo.run('-C', root, ...args);
    git('checkout', '-q', 'open');
    git('commit', '-q', '--allow-empty', '-m', 'one more');
    git('checkout', '-q', 'merged');
    repo.run('branch', '-D', 'merged');
    git('fetch', '-q', '--prune');
    const clone = await openRepository(await repo.program(), root);
    const tracks = Object.fromEntries((await read(clone)).items.map((b) => [b.name, [b.upstream, b.track]]));
    assert.deepEqual(tracks, {
      main: ['refs/remotes/origin/main', { ahead: 0, behind: 0 }],
      open: ['refs/remotes/origin/open', { ahead: 1, behind: 0 }],
      merged: ['refs/remotes/origin/merged', 'gone'],
    });
    const remote = (await read(clone, 'remote')).items.map((b) => [b.name, b.merged, b.email]);
    assert.deepEqual(remote, [
      ['origin/main', true, ANA.email],
      ['origin/open', false, BO.email],
    ]);
  });

  it('keeps the newest and says that there are more; counts 250 in a bounded number of processes', async () => {
    await using repo = await withBranches();
    const tip = repo.run('rev-parse', 'open');
    const input = Array.from({ length: 250 }, (_, i) => `create refs/heads/many/${i} ${tip}\n`).join('');
    repo.feed(input, 'update-ref', '--stdin');
    const repository = await repo.open();
    const all = await read(repository);
    assert.equal(all.items.length, 253);
    assert.equal(all.items.filter((b) => b.divergence?.ahead === 2).length, 251);
    const some = await read(repository, 'local', 10);
    assert.deepEqual([some.items.length, some.truncated, some.items[0]?.name], [10, true, 'main']);
  });

  it('[F5] leaves out a branch whose name is not UTF-8 and counts it', async () => {
    await using repo = await withBranches();
    repo.write({
      '.git/packed-refs': Buffer.concat([
        Buffer.from(`${repo.run('rev-parse', 'HEAD')} refs/heads/bad`),
        Buffer.from([0xff, 0x0a]),
      ]),
    });
    const { items, undecodable } = await read(await repo.open());
    assert.deepEqual([items.length, undecodable], [3, 1]);
  });

  it('[F5] has none where nothing is committed, and measures nothing without a default branch', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    assert.deepEqual(await read(repository), { items: [], truncated: false, undecodable: 0 });
    repo.commit({ a: 'a' });
    const { items } = await readBranches(repository, { against: null });
    assert.deepEqual(
      items.map((b) => [b.name, b.merged, b.divergence]),
      [['main', false, null]],
    );
  });

  it('reads what for-each-ref says of an upstream', () => {
    assert.deepEqual(parseTrack(true, 'ahead 3, behind 12'), { ahead: 3, behind: 12 });
    assert.deepEqual(parseTrack(true, 'behind 1'), { ahead: 0, behind: 1 });
    assert.deepEqual([parseTrack(true, 'gone'), parseTrack(false, '')], ['gone', null]);
  });
});
