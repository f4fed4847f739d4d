import assert from 'node:assert/strict';
import { type CommitMessages, readCommitMessages } from '../../../companion/git/index.ts';
import { historyPart } from '../../../companion/imports/index.ts';
import { BO, FIRST_COMMIT_AT, makeRepository } from '../../fixtures/repository.ts';
import { emptyMind, runKilled } from './world.ts';

/** `older` commits come before those of the same numbers: a branch with an earlier beginning was merged. */
function history(count: number, head = 'a', older = 0): CommitMessages {
  return {
    head,
    count: count + older,
    async *read() {
      for (let i = -older; i < count; i++)
        yield {
          commit: `${i + 1000}`.padStart(40, '0'),
          author: 'Ana',
          authoredAt: 1000 + i,
          subject: `fix: ${i}`,
          body: i % 2 ? 'why' : '',
        };
    },
  };
}

describe('imports/git history', function () {
  this.timeout(60_000);

  it('[M9] each commit of a repository is an episode; merges are none', async () => {
    await using repo = await makeRepository();
    const first = repo.commit(
      { a: '1' },
      { message: 'feat: a clock\n\nBecause the tests\nare flaky.\n\nRefs: #4' },
    );
    repo.branch('side');
    const second = repo.commit({ b: '1' }, { message: 'fix: löschen 🎉', author: BO });
    repo.checkout('main');
    const third = repo.commit({ c: '1' });
    repo.run('merge', '-q', '--no-ff', '-m', 'merge side', 'side');
    const messages = await readCommitMessages(await repo.open());
    assert.deepEqual([messages.head, messages.count], [repo.run('rev-parse', 'HEAD'), 3]);
    const part = historyPart(repo.root, messages);
    await using mind = await emptyMind();
    await mind.run([part], { batch: 2 });
    const found = mind.memory.recent({ limit: 10 });
    const by = (sha: string) => found.find(({ source }) => source.commit === sha);
    assert.equal(found.length, 3);
    assert.equal(by(first)?.content, 'feat: a clock\n\nBecause the tests\nare flaky.\n\nRefs: #4');
    assert.deepEqual([by(second)?.author, by(second)?.content], ['Bo', 'fix: löschen 🎉']);
    assert.equal(by(first)?.happenedAt, FIRST_COMMIT_AT + 60_000);
    assert.equal(by(third)?.kind, 'episode');
    await using empty = await makeRepository();
    assert.deepEqual((await readCommitMessages(await empty.open())).count, 0);
  });

  it('more commits than a page come in order', async () => {
    await using repo = await makeRepository();
    const stream = Array.from({ length: 1203 }, (_, i) =>
      [
        'commit refs/heads/main',
        `committer Ana <ana@example.com> ${1_760_000_000 + i} +0000`,
        'data <<END',
        `change ${i}`,
        'END',
        '',
      ].join('\n'),
    ).join('\n');
    repo.feed(`${stream}\n`, 'fast-import', '--quiet');
    const subjects: string[] = [];
    for await (const { subject } of (await readCommitMessages(await repo.open())).read())
      subjects.push(subject);
    assert.deepEqual(
      subjects,
      Array.from({ length: 1203 }, (_, i) => `change ${i}`),
    );
  });

  it('[M9] killed at every border of a batch and resumed: as if uninterrupted', async () => {
    const part = historyPart('/clock', history(20));
    await using whole = await emptyMind();
    await whole.run([part]);
    for (let batch = 1; batch <= 7; batch++)
      for (const stored of [false, true]) {
        await using mind = await emptyMind();
        const { checkpoint, killed } = await runKilled(mind, [part], { batch, stored });
        assert.ok(killed);
        await mind.run([part], { checkpoint });
        assert.deepEqual(mind.rows(), whole.rows());
      }
  });

  it('a history that moved on in between is read from its beginning, and loses nothing', async () => {
    await using mind = await emptyMind();
    const { checkpoint } = await runKilled(mind, [historyPart('/clock', history(20))], {
      batch: 4,
      stored: true,
    });
    const longer = historyPart('/clock', history(20, 'b', 5));
    const { added } = await mind.run([longer], { checkpoint });
    assert.equal(mind.rows().length, 25);
    assert.equal(added, 9 + 13, 'counted from the checkpoint');
    assert.ok(mind.rows().some((row) => String(row.content).startsWith('fix: -5')));
  });
});
