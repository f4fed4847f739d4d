import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Embedder } from '../../../companion/embedding/index.ts';
import { seededRandom, systemClock } from '../../../companion/kernel/index.ts';
import { recallInput, rememberInput } from '../../../companion/protocol/index.ts';
import { nearMisses, sameSayings } from '../../fixtures/near-duplicates.ts';
import { openMemory } from '../../support/memory.ts';
import { modelCache, sentenceModel } from '../../support/sentence-model.ts';
import { openStore } from '../../support/store.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('memory with a sentence model', function () {
  this.timeout(300_000);
  let model: string;
  before(async () => {
    model = await sentenceModel();
  });

  async function withModel(folder: string | null = model) {
    const data = temporaryFolder();
    const store = await openStore(data.path);
    const embedder = new Embedder({ clock: systemClock, folder, cache: modelCache });
    const memory = openMemory(store, systemClock, { embedder, share: () => 1 });
    return {
      data: data.path,
      store,
      embedder,
      memory,
      remember: (content: string, more: object = {}) =>
        memory.remember(rememberInput.parse({ content, ...more })),
      recall: (query: string, more: object = {}) => memory.recall(recallInput.parse({ query, ...more })),
      async [Symbol.asyncDispose]() {
        await memory.dispose();
        embedder.dispose();
        store.close();
        data[Symbol.dispose]();
      },
    };
  }

  it('[M1] finds what is meant without a word in common, and says that meaning found it', async () => {
    await using t = await withModel();
    await t.remember('The database of choice is SQLite');
    await t.remember('Lunch is at noon in the canteen');
    await t.remember('My cat sleeps on the keyboard');
    await t.memory.index.idle();
    const { found, meaning, covered, note } = await t.recall('where does the kitten nap?');
    assert.equal(found[0]?.record.content, 'My cat sleeps on the keyboard');
    assert.ok(found[0].parts.meaning > 0 && found[0].parts.words === 0);
    assert.deepEqual([meaning, covered, note], [true, 1, null]);
  });

  it('[M1] answers by words while the index is built, and says how much is read', async () => {
    await using t = await withModel();
    await t.embedder.model();
    const written = Array.from({ length: 40 }, (_, i) =>
      t.remember(`note ${i} on the ${i % 2 ? 'boat' : 'train'}`),
    );
    await Promise.all(written);
    const early = await t.recall('boat');
    assert.ok(early.covered < 1, String(early.covered));
    assert.equal(early.found.length, 10);
    await t.memory.index.idle();
    assert.equal((await t.recall('boat')).covered, 1);
  });

  it('[M5] pairs in other words merge with their provenance; pairs with another number, name or negation do not', async () => {
    await using t = await withModel();
    const [same, different] = [sameSayings(seededRandom(21), 40), nearMisses(seededRandom(22), 40)];
    const merged = async (pairs: typeof same) => {
      let count = 0;
      for (const { one, other } of pairs) {
        const first = await t.remember(one, { author: 'Ana' });
        const second = await t.remember(other, { author: 'Bo', source: { line: 7 } });
        await t.memory.index.idle();
        const record = t.memory.get(second.id);
        if (record.id !== first.id && second.id !== first.id) continue;
        const { merged: again } = t.memory.trace(first.id);
        assert.deepEqual(
          again.map(({ author, source, content }) => ({ author, source, content })),
          [{ author: 'Bo', source: { line: 7 }, content: other }],
        );
        count++;
      }
      return count;
    };
    assert.equal(await merged(different), 0);
    assert.ok((await merged(same)) >= 36);
  });

  it('[M5] turns of a conversation and episodes stay as many as they are', async () => {
    await using t = await withModel();
    for (const kind of ['conversation', 'episode']) {
      for (let i = 0; i < 4; i++) await t.remember('Thanks, see you tomorrow!', { kind, session: kind });
    }
    await t.memory.index.idle();
    const { n } = t.store.mind.read((r) => r.get<{ n: number }>('SELECT count(*) AS n FROM memories')!);
    assert.equal(n, 8);
  });

  it('[M11] another model: everything is read again, and found by words meanwhile', async () => {
    await using t = await withModel();
    await t.remember('My cat sleeps on the keyboard');
    await t.memory.index.idle();
    // As a smaller model would have left them.
    t.store.mind.record((writer) => {
      writer.run("UPDATE memory_models SET digest = 'another', dimensions = 128");
      writer.run('UPDATE memory_vectors SET vector = zeroblob(128)');
    });
    const before = await t.recall('keyboard');
    assert.equal(before.found[0]?.record.content, 'My cat sleeps on the keyboard');
    t.memory.index.kick();
    // A model is compared when something waits to be read.
    await t.remember('One more');
    await t.memory.index.idle();
    const { found } = await t.recall('where does the kitten nap?');
    assert.ok(found[0]!.parts.meaning > 0);
    assert.equal(t.memory.index.waiting, 0);
    const sizes = t.store.mind.read((r) => r.all('SELECT DISTINCT length(vector) AS n FROM memory_vectors'));
    assert.deepEqual(sizes, [{ n: 384 }]);
  });

  it('[M11] a model file that is truncated, missing or no model: AMNESIA with words, and recall by words', async () => {
    for (const [name, spoil] of [
      ['truncated', (folder: string) => truncate(path.join(folder, 'model.onnx'))],
      ['no model', (folder: string) => writeFileSync(path.join(folder, 'model.onnx'), 'not a model')],
      ['no tokenizer', (folder: string) => writeFileSync(path.join(folder, 'tokenizer.json'), '{"model":')],
      ['missing', null],
    ] as const) {
      using broken = temporaryFolder();
      const folder = path.join(broken.path, 'model');
      mkdirSync(folder);
      for (const file of ['model.onnx', 'tokenizer.json']) {
        if (spoil || file !== 'model.onnx') copyFileSync(path.join(model, file), path.join(folder, file));
      }
      spoil?.(folder);
      await using t = await withModel(folder);
      await t.remember('My cat sleeps on the keyboard');
      const { found, meaning, covered, note } = await t.recall('keyboard');
      assert.equal(found.length, 1, name);
      assert.deepEqual([meaning, covered], [false, 0], name);
      assert.match(
        note ?? '',
        /The sentence model in .+ cannot be used: .+ It needs a folder with model\.onnx/,
        name,
      );
      await t.memory.index.idle();
      assert.equal(t.memory.index.waiting, 1);
      // A sound model later: what waited is read.
      t.embedder.use(model);
      t.memory.index.kick();
      await t.memory.index.idle();
      assert.equal(t.memory.index.waiting, 0, name);
      assert.equal((await t.recall('kitten')).meaning, true);
    }
  });

  it('[M11] a megabyte, emoji, NUL, right to left: each is read, or left out, and holds up none', async () => {
    await using t = await withModel();
    const texts = [
      `needle ${'hay '.repeat(200_000)}`,
      '🎉🎉',
      'a\0b',
      'שלום עולם',
      '\u202eabc',
      '   .  ',
      '\ud83d',
    ];
    for (const text of texts) await t.remember(text);
    await t.memory.index.idle();
    assert.equal(t.memory.index.waiting, 0);
    for (const query of [
      '',
      '   ',
      '🎉',
      '\0',
      'שלום',
      '"',
      'NEAR(',
      'the of and',
      '\ud83d',
      'x'.repeat(10_000),
    ])
      assert.ok(Array.isArray((await t.recall(query)).found), JSON.stringify(query.slice(0, 20)));
    assert.equal((await t.recall('needle')).found.length, 7);
  });

  it('stopped half-way, it goes on where it was', async () => {
    await using t = await withModel();
    await t.embedder.model();
    await Promise.all(Array.from({ length: 60 }, (_, i) => t.remember(`note ${i}`)));
    await new Promise<void>((resolve) => {
      const listening = t.memory.index.progressed.add(() => {
        listening.dispose();
        resolve();
      });
    });
    await t.memory.dispose();
    const left = t.memory.index.waiting;
    assert.ok(left > 0 && left < 60, String(left));
    const again = openMemory(t.store, systemClock, { embedder: t.embedder, share: () => 1 });
    again.index.kick();
    await again.index.idle();
    assert.equal(again.index.waiting, 0);
    await again.dispose();
  });

  function truncate(file: string): void {
    writeFileSync(file, readFileSync(file).subarray(0, 1_000_000));
  }
});
