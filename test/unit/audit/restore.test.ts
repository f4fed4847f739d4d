import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { LogWorld } from './log.ts';

describe('audit/restore', () => {
  it('[A7] a backup that was restored is told as that, with what went, and the log goes on whole', async () => {
    using world = await LogWorld.begin(4);
    const backup = await world.store.backup('manual');
    world.add(6);
    await world.store.restore(backup.id);
    assert.equal(world.log.list(4, 10)[0]?.act, 'restored', 'the log itself tells of it');
    assert.deepEqual(world.log.list(4, 1)[0]?.data.rows, 10);
    world.add(3);
    world.close();
    await world.open();
    const verdict = await world.log.verify();
    assert.equal(verdict.whole, true);
    assert.equal(verdict.findings.length, 1);
    assert.equal(verdict.findings[0]?.seq, 5);
    assert.match(
      verdict.findings[0]?.what ?? '',
      new RegExp(`the backup ${backup.id} was restored: rows 5 to 10 went with the file that was set aside`),
    );
  });

  it('[A7] a restore does not cover what was cut besides it, before or after', async () => {
    using world = await LogWorld.begin(4);
    const backup = await world.store.backup('manual');
    world.add(6);
    await world.tamper((db) => db.run('DELETE FROM audit_rows WHERE seq > 8'));
    await world.store.restore(backup.id);
    world.add(4);
    await world.tamper((db) => db.run('DELETE FROM audit_rows WHERE seq > 7'));
    const verdict = await world.log.verify();
    assert.equal(verdict.whole, false);
    const told = verdict.findings.map(({ what }) => what).join('\n');
    assert.match(told, /rows 9 to 10 were gone, and no restore explains it/);
    assert.match(told, /rows 8 to 9 were gone, and no restore explains it/);
    assert.match(told, new RegExp(`${backup.id} was restored`));
  });

  it('a restore that took no row away says nothing', async () => {
    using world = await LogWorld.begin(4);
    const backup = await world.store.backup('manual');
    await world.store.restore(backup.id);
    assert.deepEqual([(await world.log.verify()).findings, world.seqs.length], [[], 4]);
  });

  it('a damaged file whose backup took its place is told as restored', async () => {
    using world = await LogWorld.begin(4);
    const backup = await world.store.backup('manual');
    world.add(2);
    world.close();
    writeFileSync(world.mindFile, 'no database at all, though long enough to look like one'.repeat(200));
    await world.open();
    const verdict = await world.log.verify();
    assert.match(verdict.findings[0]?.what ?? '', new RegExp(`${backup.id} was restored: rows 5 to 6 went`));
    assert.equal(verdict.whole, true);
  });

  it('leave ends at a restore: when another file took the place is known by the hub', async () => {
    using world = await LogWorld.begin(2);
    assert.equal(world.log.endedAt, 0);
    const backup = await world.store.backup('manual');
    world.clock.advance(5000);
    await world.store.restore(backup.id);
    assert.equal(world.log.endedAt, world.clock.now());
  });
});
