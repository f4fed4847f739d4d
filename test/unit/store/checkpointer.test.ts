import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Mind } from '../../../companion/store/index.ts';
import { SqliteFile } from '../../../companion/store/sqlite.ts';
import { eventually } from '../../support/companion.ts';
import { addLoop, openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const mindFile = (folder: string) => path.join(folder, 'actors', 'creator', 'mind.db');
const LETTERS = 'x'.repeat(4_000);

/** One page and a little more each. */
function write(mind: Mind, rows: number, from = 0): void {
  mind.record((writer) => {
    for (let i = from; i < from + rows; i++)
      writer.run('INSERT INTO meta (key, value) VALUES (?, ?)', `row ${i}`, LETTERS);
  });
}

const rowsOf = (mind: Mind) =>
  mind.read(
    (reader) => reader.get<{ n: number }>("SELECT count(*) AS n FROM meta WHERE key LIKE 'row %'")?.n,
  );

describe('the checkpointer', () => {
  it('takes the journal into the file while nobody writes, and the journal grows no further', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    using reader = new SqliteFile(mindFile(folder.path), { readonly: true });
    const before = statSync(mindFile(folder.path)).size;
    write(store.mind, 1_500);
    assert.ok(reader.journalPages > 1_000, 'the thread that writes did it');
    await eventually(() => reader.journalPages === 0);
    assert.ok(statSync(mindFile(folder.path)).size > before + 1_500 * LETTERS.length);
    write(store.mind, 10, 1_500);
    assert.ok(reader.journalPages < 100, 'it begins anew');
    store.close();
  });

  it('leaves a little alone', async () => {
    using folder = temporaryFolder();
    const store = await openStore(folder.path);
    using reader = new SqliteFile(mindFile(folder.path), { readonly: true });
    write(store.mind, 100);
    const pages = reader.journalPages;
    assert.ok(pages >= 100);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(reader.journalPages, pages);
    store.close();
  });

  it('closed, replaced and emptied while it works, nothing is lost and the file is sound', async () => {
    using folder = temporaryFolder();
    let store = await openStore(folder.path);
    addLoop(store, 'loop_1');
    const backup = await store.backup('manual');
    for (let round = 0; round < 5; round++) {
      write(store.mind, 1_200, round * 1_200);
      store.close();
      store = await openStore(folder.path);
      assert.equal(rowsOf(store.mind), (round + 1) * 1_200);
    }
    write(store.mind, 1_200, 6_000);
    store.mind.emptyLog();
    assert.equal(statSync(`${mindFile(folder.path)}-wal`).size, 0);
    assert.equal(rowsOf(store.mind), 7_200);
    for (let round = 0; round < 3; round++) {
      write(store.mind, 1_200, 8_000);
      await store.restore(backup.id);
      assert.equal(rowsOf(store.mind), 0);
      assert.equal(await store.findDamage(), null);
    }
    store.close();
  });
});
