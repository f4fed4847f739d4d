import assert from 'node:assert/strict';
import { hashOf, NO_ROWS } from '../../../companion/audit/index.ts';
import { LogWorld } from './log.ts';

describe('audit/log', () => {
  it('[A7] a log as it was written is whole, over restarts, and its head stands in the hub', async () => {
    using world = await LogWorld.begin(5);
    assert.deepEqual(await world.log.verify(), {
      whole: true,
      rows: 5,
      head: world.log.list(4, 1)[0]?.hash,
      findings: [],
    });
    world.close();
    await world.open();
    world.add(2);
    const verdict = await world.log.verify();
    assert.equal(verdict.whole, true);
    const head = world.store.hub.read((r) => r.get('SELECT rows, hash FROM audit_heads'));
    assert.deepEqual(head, { rows: 7, hash: verdict.head });
  });

  it('whoever has the exported rows can compute the chain again', async () => {
    using world = await LogWorld.begin(4);
    let before = NO_ROWS;
    for (const { hash, ...facts } of world.log.list(0, 100)) {
      assert.equal(hashOf(facts, before), hash);
      before = hash;
    }
  });

  it('an empty log is whole', async () => {
    using world = await LogWorld.begin();
    assert.deepEqual(await world.log.verify(), { whole: true, rows: 0, head: NO_ROWS, findings: [] });
  });

  it('rows commit with what they tell, or not at all', async () => {
    using world = await LogWorld.begin(1);
    const entry = { run: null, actor: 'person', act: 'step', tool: null, real: true, result: 'done' };
    assert.throws(() =>
      world.store.mind.transact((tx) => {
        world.log.append(tx, entry);
        throw new Error('no');
      }),
    );
    assert.deepEqual(world.seqs, [1]);
    world.add(1);
    assert.equal((await world.log.verify()).whole, true);
  });

  it('[A7] the file itself refuses to change or to delete a row', async () => {
    using world = await LogWorld.begin(2);
    const change = (sql: string) => () => world.store.mind.record((w) => w.run(sql));
    assert.throws(change("UPDATE audit_rows SET result = 'x' WHERE seq = 1"), /never changed/);
    assert.throws(change('DELETE FROM audit_rows WHERE seq = 2'), /never deleted/);
  });

  it('the hub may be behind after a kill: the log is caught up and whole', async () => {
    using world = await LogWorld.begin(3);
    const known = world.store.hub.read((r) => r.get<{ hash: string }>('SELECT hash FROM audit_heads'));
    world.add(2);
    world.store.hub.transact((tx) => tx.run('UPDATE audit_heads SET rows = 3, hash = ?', known?.hash ?? ''));
    world.close();
    await world.open();
    assert.deepEqual(
      [(await world.log.verify()).whole, world.store.hub.read((r) => r.get('SELECT rows FROM audit_heads'))],
      [true, { rows: 5 }],
    );
  });

  it('reads a long log in pages: others go on meanwhile, and it can be ended', async () => {
    using world = await LogWorld.begin();
    world.store.mind.transact((tx) => {
      for (let i = 0; i < 20_000; i++)
        world.log.append(tx, { run: null, actor: 'p', act: 'step', tool: null, real: true, result: 'done' });
      tx.emit({ type: 'wheel.changed', subject: 'run_1' });
    });
    let turns = 0;
    let reading = true;
    const spin = () => {
      turns++;
      if (reading) setImmediate(spin);
    };
    setImmediate(spin);
    const verdict = await world.log.verify();
    reading = false;
    assert.deepEqual([verdict.whole, verdict.rows], [true, 20_000]);
    assert.ok(turns >= 19, `the loop turned ${turns} times`);
    const ended = new AbortController();
    ended.abort();
    await assert.rejects(world.log.verify(ended.signal));
  });
});
