import assert from 'node:assert/strict';
import { GroupCommit } from '../../../companion/store/group-commit.ts';
import type { Transaction } from '../../../companion/store/index.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('store/group commit', () => {
  const whisper = (tx: Transaction, key: string) => {
    tx.run("INSERT INTO meta (key, value) VALUES (?, 'x')", key);
    tx.emit({ type: 'test.written', subject: key });
    return key;
  };

  it('commits what is asked for in one turn together, in order, each with its own answer', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const { mind } = store;
    const before = mind.seq;
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((key) => mind.transactGrouped((tx) => whisper(tx, key))),
    );
    assert.deepEqual(answers, ['a', 'b', 'c']);
    assert.deepEqual(
      mind.events(before, 10).map(({ subject }) => subject),
      ['a', 'b', 'c'],
    );
    store.close();
  });

  it('undoes only what failed', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const { mind } = store;
    const before = mind.seq;
    const [first, second, third] = await Promise.allSettled([
      mind.transactGrouped((tx) => whisper(tx, 'a')),
      mind.transactGrouped((tx) => {
        whisper(tx, 'b');
        throw new Error('no');
      }),
      mind.transactGrouped((tx) => whisper(tx, 'c')),
    ]);
    assert.deepEqual([first?.status, second?.status, third?.status], ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual(
      mind.events(before, 10).map(({ subject }) => subject),
      ['a', 'c'],
    );
    store.close();
  });

  it('takes a change that tells nothing as a defect, alone', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const { mind } = store;
    const silent = mind.transactGrouped((tx) => tx.run("INSERT INTO meta (key, value) VALUES ('s', 'x')"));
    const told = mind.transactGrouped((tx) => whisper(tx, 'a'));
    await assert.rejects(silent, /without an event/);
    await told;
    assert.equal(
      mind.read((r) => r.get("SELECT 1 FROM meta WHERE key = 's'")),
      undefined,
    );
    store.close();
  });

  it('answers nobody before the commit, and everybody with its error when there is none', async () => {
    const order: string[] = [];
    const group = new GroupCommit({
      commit: (work) => {
        work();
        order.push('commit');
        throw new Error('disk full');
      },
      apart: (work) => work(),
      endsAll: () => false,
    });
    const answers = [1, 2].map((n) => group.add(() => order.push(`work ${n}`)));
    for (const answer of answers) await assert.rejects(answer, /disk full/);
    assert.deepEqual(order, ['work 1', 'work 2', 'commit']);
  });

  it('ends the whole group at an error that ends the transaction', async () => {
    const ran: number[] = [];
    const group = new GroupCommit({
      commit: (work) => work(),
      apart: (work) => work(),
      endsAll: (error) => (error as Error).message === 'disk full',
    });
    const answers = [1, 2, 3].map((n) =>
      group.add(() => {
        ran.push(n);
        if (n === 2) throw new Error('disk full');
      }),
    );
    for (const answer of answers) await assert.rejects(answer, /disk full/);
    assert.deepEqual(ran, [1, 2]);
  });

  it('commits what waits before the store closes', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    const { mind } = store;
    const written = mind.transactGrouped((tx) => whisper(tx, 'late'));
    store.close();
    assert.equal(await written, 'late');
  });
});
