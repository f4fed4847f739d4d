import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isGitError, readCommitsBetween, readRecentCommits } from '../../../companion/git/index.ts';
import { ANA, BO, FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';

describe('git/commits', function () {
  this.timeout(20_000);

  it('tells the newest, by time, author and place', async () => {
    await using repo = await makeRepository();
    const repository = await repo.open();
    assert.deepEqual(await readRecentCommits(repository), []);
    const first = repo.commit({ a: 'a' }, { message: 'first' });
    const second = repo.commit({ a: 'b' }, { author: BO });
    repo.branch('side');
    const third = repo.commit({ a: 'c' }, { author: { name: 'Bo "x" y', email: 'BO@example.com' } });
    repo.checkout('main');
    const names = async (options?: Parameters<typeof readRecentCommits>[1]): Promise<string[]> =>
      (await readRecentCommits(repository, options)).map((c) => c.commit);
    assert.deepEqual(await names(), [second, first]);
    assert.deepEqual(await names({ limit: 1 }), [second]);
    assert.deepEqual(await names({ from: 'branches' }), [third, second, first]);
    assert.deepEqual(await names({ from: 'refs/heads/side', since: FIRST_COMMIT_AT + 2 * 60_000 }), [
      third,
      second,
    ]);
    assert.deepEqual(await names({ from: 'branches', by: { email: 'bo@EXAMPLE.com' } }), [third, second]);
    assert.deepEqual(await names({ by: { email: 'o@example.com' } }), []);
    assert.deepEqual(await names({ from: 'branches', by: { name: 'bo "x" Y' } }), [third]);
    assert.deepEqual(await names({ from: 'branches', by: { name: 'x' } }), []);
    assert.deepEqual(await names({ since: 0 }), [second, first]);
    const [commit] = await readRecentCommits(repository, { from: first });
    assert.deepEqual(commit, {
      commit: first,
      parents: [],
      author: 'Ana',
      email: ANA.email,
      authoredAt: FIRST_COMMIT_AT + 60_000,
      committedAt: FIRST_COMMIT_AT + 60_000,
      subject: 'first',
    });
  });

  it('names people as .mailmap does', async () => {
    await using repo = await makeRepository();
    repo.commit({ '.mailmap': 'Bo Bold <bo@new.example> <bo@example.com>\n' }, { author: BO });
    const [commit] = await readRecentCommits(await repo.open());
    assert.deepEqual([commit?.author, commit?.email], ['Bo Bold', 'bo@new.example']);
  });

  it('tells what moved: who, how much, and where', async () => {
    await using repo = await makeRepository();
    const before = repo.commit({ a: 'a', b: 'b' });
    repo.branch('side');
    repo.commit({ side: 's' }, { author: BO });
    repo.checkout('main');
    repo.commit({ a: 'aa' });
    repo.commit({ a: 'aaa', c: 'c' });
    repo.run('merge', '-q', '--no-edit', 'side');
    const repository = await repo.open();
    const { commits, authors, files, truncated } = await readCommitsBetween(
      repository,
      before,
      'refs/heads/main',
    );
    assert.deepEqual(authors, [
      { author: 'Ana', email: ANA.email, commits: 2 },
      { author: 'Bo', email: BO.email, commits: 1 },
    ]);
    assert.deepEqual([[...files].sort(), commits.length, truncated], [['a', 'c', 'side'], 4, false]);
    assert.deepEqual(commits.find((c) => c.subject === 'change a, c')?.files, ['a', 'c']);
    const some = await readCommitsBetween(repository, before, 'refs/heads/main', { limit: 2 });
    assert.deepEqual([some.commits.length, some.truncated], [2, true]);
    assert.deepEqual((await readCommitsBetween(repository, 'HEAD', 'HEAD')).commits, []);
  });

  it('[F5] a commit that is not there, and what is no revision, are typed errors', async () => {
    await using repo = await makeRepository();
    repo.commit({ a: 'a' });
    const repository = await repo.open();
    for (const revision of [
      '0123456789012345678901234567890123456789',
      'refs/heads/gone',
      '--all',
      'HEAD~1',
    ]) {
      await assert.rejects(readRecentCommits(repository, { from: revision }), (e) =>
        isGitError(e, 'unknown-revision'),
      );
      await assert.rejects(readCommitsBetween(repository, revision, 'HEAD'), (e) =>
        isGitError(e, 'unknown-revision'),
      );
    }
  });

  it('[F5] reads any names and subjects that a repository can hold', async () => {
    await using repo = await makeRepository();
    const empty = repo.commit({}, { message: 'empty' });
    const repository = await repo.open();
    const segment = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(
        (s) => !/[\0/]/.test(s) && s.isWellFormed() && !/^\.{1,2}$|^\.git|git~1|^[\u200c\ufeff]/i.test(s),
      );
    const subject = fc.string({ unit: 'grapheme', minLength: 1 }).filter((s) => !/\0/.test(s));
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(segment, { minLength: 1, maxLength: 8 }),
        subject,
        async (names, words) => {
          const stream = [
            'reset refs/heads/any\ncommit refs/heads/any\ncommitter Ana <ana@example.com> 1600000000 +0000\n',
            `data ${Buffer.byteLength(words)}\n${words}\n`,
            ...names.map((name) => `M 100644 inline ${quote(name)}\ndata 1\nx\n`),
          ];
          const { code, stderr } = repo.feed(stream.join(''), 'fast-import', '--quiet', '--force');
          assert.equal(code, 0, stderr);
          const { files, commits } = await readCommitsBetween(repository, empty, 'refs/heads/any');
          assert.deepEqual([...files].sort(), [...names].sort());
          assert.equal(commits.length, 1);
        },
      ),
      { numRuns: 40 },
    );
  });
});

/** A path as fast-import takes any bytes: C quotes, octal. */
function quote(name: string): string {
  return `"${[...Buffer.from(name)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')}"`;
}
