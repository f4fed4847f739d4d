import assert from 'node:assert/strict';
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { hashOf, NO_ROWS } from '../../../companion/audit/index.ts';
import type { AuditRow, AuditVerdict } from '../../../companion/protocol/index.ts';
import type { SqliteFile } from '../../../companion/store/sqlite.ts';
import { LogWorld } from './log.ts';

const ROWS = 12;

async function afterwards(work: (db: SqliteFile) => void): Promise<AuditVerdict> {
  using world = await LogWorld.begin(ROWS);
  await world.tamper(work);
  return world.log.verify();
}

function named(verdict: AuditVerdict, seq: number, words: RegExp): void {
  const told = JSON.stringify(verdict.findings, null, 1);
  assert.equal(verdict.whole, false, told);
  assert.ok(
    verdict.findings.some((finding) => finding.seq === seq && words.test(finding.what)),
    told,
  );
}

/** Gives every row from `from` on a number that is `by` higher. */
function renumber(db: SqliteFile, from: number, by: number): void {
  db.run('UPDATE audit_rows SET seq = -(seq + ?) WHERE seq >= ?', by, from);
  db.run('UPDATE audit_rows SET seq = -seq WHERE seq < 0');
}

function swap(db: SqliteFile, a: number, b: number): void {
  db.run('UPDATE audit_rows SET seq = -1 WHERE seq = ?', a);
  db.run('UPDATE audit_rows SET seq = ? WHERE seq = ?', a, b);
  db.run('UPDATE audit_rows SET seq = ? WHERE seq = -1', b);
}

const copyOf = (db: SqliteFile, seq: number, to: number, more = '') =>
  db.run(
    `INSERT INTO audit_rows SELECT ?, at, run, actor, 'forged', tool, real, result, data, hash, seal
      FROM audit_rows WHERE seq = ? ${more}`,
    to,
    seq,
  );

describe('audit/tampering', function () {
  this.timeout(60_000);

  for (const [column, value] of [
    ['at', 1],
    ['run', 'run_9'],
    ['run', null],
    ['actor', 'agent'],
    ['act', 'approved'],
    ['tool', 'delete'],
    ['real', 0],
    ['real', 7],
    ['result', 'refused'],
    ['data', '{}'],
    ['data', '{"digest":"d4","files":5,"none":null,"whole":true}'],
    ['data', 'no JSON'],
    ['hash', 'f'.repeat(64)],
    ['seal', 'f'.repeat(64)],
  ] as const)
    it(`[A7] row 5 with another \`${column}\` (${value}) is found and named, and no other row`, async () => {
      const verdict = await afterwards((db) =>
        db.run(`UPDATE audit_rows SET ${column} = ? WHERE seq = 5`, value),
      );
      named(verdict, 5, /Row 5|row 5/);
      assert.deepEqual([...new Set(verdict.findings.map(({ seq }) => seq))], [5]);
    });

  it('[A7] any column of the first and of the last row', async () => {
    for (const seq of [1, ROWS])
      for (const column of ['at', 'run', 'actor', 'act', 'tool', 'real', 'result', 'data', 'hash', 'seal'])
        named(
          await afterwards((db) => db.run(`UPDATE audit_rows SET ${column} = 3 WHERE seq = ?`, seq)),
          seq,
          /[Rr]ow/,
        );
  });

  it('[A7] a row that is missing, and several', async () => {
    const one = await afterwards((db) => db.run('DELETE FROM audit_rows WHERE seq = 5'));
    named(one, 5, /^Row 5 is missing\.$/);
    assert.equal(one.findings.length, 1);
    named(
      await afterwards((db) => db.run('DELETE FROM audit_rows WHERE seq BETWEEN 1 AND 3')),
      1,
      /^Rows 1 to 3 are missing\.$/,
    );
  });

  it('[A7] a row that is missing, with those after it renumbered', async () => {
    const verdict = await afterwards((db) => {
      db.run('DELETE FROM audit_rows WHERE seq = 5');
      renumber(db, 6, -1);
    });
    named(verdict, 5, /row 5|Row 5|[Ff]rom row 5/);
    assert.ok(
      verdict.findings.some(({ what }) => /gone|as it was known/.test(what)),
      'the head tells it too',
    );
  });

  it('[A7] rows in another order, beside each other and far apart', async () => {
    const near = await afterwards((db) => swap(db, 5, 6));
    named(near, 5, /^Row 5 was written as row 6/);
    named(near, 6, /^Row 6 was written as row 5/);
    const far = await afterwards((db) => swap(db, 3, 9));
    named(far, 3, /^Row 3 was written as row 9/);
    named(far, 9, /^Row 9 was written as row 3/);
    assert.equal(far.findings.length, 2, JSON.stringify(far.findings));
  });

  it('[A7] a row that was put in, in the middle and at the end', async () => {
    const middle = await afterwards((db) => {
      renumber(db, 5, 1);
      copyOf(db, 4, 5);
    });
    named(middle, 5, /^Row 5 was changed or put in|^Row 5 was changed/);
    named(middle, 6, /^From row 6 on rows are numbered 1 too high|^Row 6/);
    named(await afterwards((db) => copyOf(db, ROWS, ROWS + 1)), ROWS + 1, /Row 13/);
  });

  it('[A7] rows at the end that follow by their hashes, but that the companion did not write', async () => {
    const verdict = await afterwards((db) => {
      const last = db.get<{ hash: string }>('SELECT hash FROM audit_rows WHERE seq = ?', ROWS);
      const facts = {
        ...{ seq: ROWS + 1, at: 5, run: null, actor: 'person', act: 'approved', tool: null },
        ...{ real: true, result: 'click', data: {} },
      };
      const hash = hashOf(facts, last?.hash ?? '');
      copyOf(db, ROWS, ROWS + 1);
      db.run(
        "UPDATE audit_rows SET at = 5, run = NULL, actor = 'person', act = 'approved', tool = NULL, real = 1, result = 'click', data = '{}', hash = ? WHERE seq = ?",
        hash,
        ROWS + 1,
      );
    });
    named(verdict, ROWS + 1, /not sealed/);
  });

  it('[A7] the whole chain written anew, without what was to be hidden', async () => {
    const verdict = await afterwards((db) => {
      db.run('DELETE FROM audit_rows WHERE seq = 7');
      renumber(db, 8, -1);
      let before = NO_ROWS;
      const rows = db.all<Omit<AuditRow, 'real' | 'data'> & { real: number; data: string }>(
        'SELECT * FROM audit_rows ORDER BY seq',
      );
      for (const row of rows) {
        const { seq, at, run, actor, act, tool, result } = row;
        const facts = {
          seq,
          at,
          run,
          actor,
          act,
          tool,
          result,
          real: row.real === 1,
          data: JSON.parse(row.data),
        };
        before = hashOf(facts, before);
        db.run('UPDATE audit_rows SET hash = ? WHERE seq = ?', before, seq);
      }
    });
    named(verdict, 7, /^Rows 7 to 11 are not sealed/);
  });

  it('[A7] a tail that was cut, also when the log has grown again since', async () => {
    using world = await LogWorld.begin(ROWS);
    await world.tamper((db) => db.run('DELETE FROM audit_rows WHERE seq > 9'));
    const cut = await world.log.verify();
    named(cut, 10, /rows 10 to 12 were gone, and no restore explains it/);
    world.add(8);
    world.close();
    await world.open();
    named(await world.log.verify(), 10, /rows 10 to 12 were gone/);
  });

  it('[A7] a tail that was cut while the companion runs', async () => {
    using world = await LogWorld.begin(ROWS);
    world.store.mind.record((w) => {
      w.run('DROP TRIGGER audit_rows_remain');
      w.run('DELETE FROM audit_rows WHERE seq > 9');
    });
    named(await world.log.verify(), 10, /rows 10 to 12 were gone/);
  });

  it('[A7] `mind.db` replaced by an older copy, or by none', async () => {
    using world = await LogWorld.begin(4);
    world.close();
    const copy = path.join(world.data, 'copy.db');
    copyFileSync(world.mindFile, copy);
    await world.open();
    world.add(6);
    world.close();
    copyFileSync(copy, world.mindFile);
    await world.open();
    named(await world.log.verify(), 5, /rows 5 to 10 were gone.*older/);
    world.add(3);
    world.close();
    for (const end of ['', '-wal', '-shm']) rmSync(world.mindFile + end, { force: true });
    await world.open();
    const emptied = await world.log.verify();
    named(emptied, 1, /rows 1 to 8 were gone/);
    named(emptied, 5, /rows 5 to 10 were gone/);
  });

  it('[A7] a head in the hub that is ahead, or another', async () => {
    using world = await LogWorld.begin(ROWS);
    world.store.hub.transact((tx) => tx.run('UPDATE audit_heads SET rows = 20'));
    named(await world.log.verify(), 13, /rows 13 to 20 were gone/);
    world.store.hub.transact((tx) => tx.run("UPDATE audit_heads SET hash = 'other'"));
    named(await world.log.verify(), 13, /not as it was known up to row 13/);
  });

  it('[A7] a hub that was begun anew does not pass for the one that was there', async () => {
    using world = await LogWorld.begin(ROWS);
    world.close();
    for (const end of ['', '-wal', '-shm']) rmSync(path.join(world.data, `hub.db${end}`), { force: true });
    await world.open();
    world.add(2);
    const verdict = await world.log.verify();
    named(verdict, ROWS, /hub\.db knew nothing of this log/);
    assert.equal(verdict.findings.length, 1);
  });

  it('[A7] whatever one change is made to whatever row, it is found', async () => {
    const columns = ['at', 'run', 'actor', 'act', 'tool', 'real', 'result', 'data', 'hash', 'seal'] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: ROWS }),
        fc.constantFrom(...columns),
        fc.oneof(fc.string(), fc.nat(), fc.constant('{}')),
        async (seq, column, value) => {
          using world = await LogWorld.begin(ROWS);
          let changed = false;
          await world.tamper((db) => {
            const read = () =>
              db.get<{ x: unknown }>(`SELECT ${column} AS x FROM audit_rows WHERE seq = ?`, seq)?.x;
            const before = read();
            db.run(`UPDATE audit_rows SET ${column} = ? WHERE seq = ?`, value, seq);
            changed = read() !== before;
          });
          const verdict = await world.log.verify();
          assert.equal(verdict.whole, !changed);
          if (changed) assert.ok(verdict.findings.some((finding) => finding.seq === seq));
        },
      ),
      { numRuns: 40, seed: 20260601 },
    );
  });
});
