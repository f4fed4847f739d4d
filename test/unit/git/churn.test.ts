import assert from 'node:assert/strict';
import {
  isGitError,
  readBranches,
  readChurn,
  readDefaultBranch,
  readRecentCommits,
  readStatus,
  readTodos,
} from '../../../companion/git/index.ts';
import { makeLargeRepository } from '../../fixtures/large-repository.ts';
import { FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

describe('git/churn', function () {
  this.timeout(20_000);

  it('counts commits and lines of each file, and when it was touched last', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: '1\n2\n', 'b c': 'b\n' });
    repo.commit({ a: '1\n2\n3\n' });
    repo.commit({ a: '3\n', picture: Buffer.from([0, 1, 2]) });
    const repository = await repo.open();
    const at = (n: number): number => FIRST_COMMIT_AT + n * 60_000;
    const { files, commits } = await readChurn(repository, { lines: true, timesOf: new Set(['a']) });
    assert.equal(commits, 3);
    assert.deepEqual(
      [...files.values()].sort((a, b) => a.path.localeCompare(b.path)),
      [
        {
          path: 'a',
          commits: 3,
          lastTouchedAt: at(3),
          lines: { insertions: 3, deletions: 2 },
          times: [at(3), at(2), at(1)],
        },
        {
          path: 'b c',
          commits: 1,
          lastTouchedAt: at(1),
          lines: { insertions: 1, deletions: 0 },
          times: null,
        },
        {
          path: 'picture',
          commits: 1,
          lastTouchedAt: at(3),
          lines: { insertions: 0, deletions: 0 },
          times: null,
        },
      ],
    );
    const recent = await readChurn(repository, { since: at(2) });
    assert.deepEqual(
      [recent.commits, recent.files.get('a')?.commits, recent.files.get('a')?.lines],
      [2, 2, null],
    );
    assert.equal((await readChurn(repository, { maxCommits: 1 })).commits, 1);
  });

  it('reads a generated history: commits, branches, notes, a clean work tree', async () => {
    const until = Date.UTC(2026, 5, 1);
    await using repo = await makeLargeRepository({ commits: 300, files: 200, branches: 6, until });
    const repository = await repo.open();
    const { files, commits } = await readChurn(repository);
    assert.deepEqual([commits, files.size > 100], [300, true]);
    const against = await readDefaultBranch(repository);
    assert.equal(against && (await readRecentCommits(repository, { limit: 1 }))[0]?.committedAt, until);
    const { items } = await readBranches(repository, { against });
    assert.deepEqual([items.length, items.filter((b) => b.merged).length], [7, 3]);
    assert.equal((await readTodos(repository)).total, 10);
    assert.equal((await readStatus(repository)).unstaged.total, 0);
  });

  it('leaves bulk changes out and says how many there were', async () => {
    await using repo = await makeRepository();
    repo.commit(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`f${i}`, ''])));
    repo.commit({ f1: 'x' });
    const { files, bulkCommits, commits } = await readChurn(await repo.open());
    assert.deepEqual([[...files.keys()], bulkCommits, commits], [['f1'], 1, 2]);
  });

  it('tells how far it is, exactly', async () => {
    await using repo = await makeRepository();
    const stream = Array.from({ length: 1_200 }, (_, i) => {
      const file = `M 100644 inline f${i % 7}\ndata 4\n${String(i).padStart(4)}\n`;
      return `commit refs/heads/main\ncommitter A <a@b> ${1_600_000_000 + i} +0000\ndata 1\nx\n${file}`;
    });
    repo.feed(stream.join(''), 'fast-import', '--quiet');
    const seen: [number, number][] = [];
    const repository = await repo.open();
    await readChurn(repository, { onProgress: (done, total) => seen.push([done, total]) });
    assert.deepEqual(seen, [
      [500, 1_200],
      [1_000, 1_200],
      [1_200, 1_200],
    ]);
    const abort = new AbortController();
    const stopped = readChurn(repository, {
      signal: abort.signal,
      onProgress: () => abort.abort(new Error('enough')),
    });
    await assert.rejects(stopped, /^Error: enough$/);
  });

  it('[F5] is empty where nothing is committed; a shallow clone has what it has', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    assert.deepEqual([...(await readChurn(repository, { onProgress: () => {} })).files], []);
    repo.commit({ a: 'a' });
    repo.commit({ b: 'b' });
    repo.run('clone', '-q', '--depth=1', `file://${repo.root}`, '../shallow');
    assert.equal((await readChurn(await repo.open(`${repo.folder}/shallow`))).commits, 1);
  });

  it('[F5] counts names that are not UTF-8', async () => {
    await using repo = await makeRepository();
    const head = 'commit refs/heads/main\ncommitter A <a@b> 1600000000 +0000\ndata 1\nx\n';
    repo.feed(
      `${head}M 100644 inline "bad\\377"\ndata 1\nx\nM 100644 inline "\\303\\274"\ndata 1\nx\n`,
      'fast-import',
      '--quiet',
    );
    const { files, undecodable } = await readChurn(await repo.open());
    assert.deepEqual([[...files.keys()], undecodable], [['ü'], 1]);
  });

  it('[F10] never fetches what a partial clone lacks', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'old\n' });
    const blob = repo.run('rev-parse', 'HEAD:a');
    repo.commit({ a: 'new\n' });
    const canary = `${repo.folder}/fetched`;
    repo.run('config', 'core.repositoryFormatVersion', '1');
    repo.run('config', 'extensions.partialClone', 'origin');
    repo.run('config', 'remote.origin.promisor', 'true');
    repo.run('config', 'remote.origin.url', `ext::sh -c touch% ${canary}`);
    repo.run('config', 'protocol.ext.allow', 'always');
    repo.run('-c', 'gc.auto=0', 'prune-packed');
    const { unlinkSync, existsSync } = await import('node:fs');
    unlinkSync(`${repo.root}/.git/objects/${blob.slice(0, 2)}/${blob.slice(2)}`);
    const repository = await repo.open();
    await assert.rejects(readChurn(repository, { lines: true }), (e) => isGitError(e, 'object-missing'));
    assert.equal(existsSync(canary), false);
    assert.equal((await readChurn(repository)).files.get('a')?.commits, 2);
    assert.equal(
      (await readChurn({ ...repository, partial: true }, { lines: true })).files.get('a')?.lines,
      null,
    );
    repo.tryRun('log', '--numstat');
    assert.equal(existsSync(canary), true, 'git without our guard does fetch');
  });
});
