import assert from 'node:assert/strict';
import fc from 'fast-check';
import { check, isUnderstood } from '../../../companion/heritage/check.ts';
import { FILES } from '../../../companion/heritage/document.ts';
import type { HeritageFile } from '../../../companion/protocol/index.ts';
import { filledScene, HYPOTHESIS, NINE, Scene } from './scene.ts';

const WRONG: readonly [string, (text: string) => string | Buffer][] = [
  ['bad JSON', (text) => text.replace('": ', '" ')],
  [
    'wrong type',
    (text) => text.replace('"version": 1,', '"version": 1,\n  "name": 7, "flow": 7, "beliefs": 7,'),
  ],
  ['unknown version', (text) => text.replace('"version": 1', '"version": 99')],
  ['half-written', (text) => text.slice(0, text.length / 2)],
  ['NUL bytes', (text) => Buffer.concat([Buffer.from(text.slice(0, 20)), Buffer.alloc(200)])],
  ['UTF-16 with its BOM', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['an empty file', () => ''],
  ['ten megabytes', () => Buffer.alloc(10 * 1024 * 1024, 'x')],
  ['a list', () => '[]'],
];

describe('heritage/files', function () {
  this.timeout(120_000);

  it('writes what holds before anything was said, and nothing into the store', async () => {
    await using scene = await Scene.make();
    await scene.files().start();
    assert.deepEqual(JSON.parse(scene.text('core')), {
      version: 1,
      name: '',
      values: [],
      hardLines: [],
      rememberedBy: '',
    });
    assert.deepEqual(JSON.parse(scene.text('learned')), { version: 1, beliefs: [] });
    assert.deepEqual(scene.rows, []);
  });

  for (const file of FILES) {
    for (const [name, wrong] of WRONG) {
      it(`[S7] ${file}.json with ${name} is kept beside and reported, the store is unchanged, the good file is back`, async () => {
        await using scene = await filledScene();
        const [rows, good] = [scene.rows, scene.text(file)];
        const files = scene.files();
        await files.start();
        const bytes = Buffer.from(wrong(good));
        scene.edit(file, bytes);
        await files.sync();
        assert.equal(scene.text(file), good);
        assert.deepEqual(scene.rows, rows);
        assert.equal(scene.rejected.length, 1);
        const [{ name: kept, bytes: keptBytes }] = scene.rejected as [(typeof scene.rejected)[0]];
        assert.match(kept, new RegExp(`^${file}\\.rejected-20260302T090000000Z\\.json$`));
        assert.ok(keptBytes.equals(bytes), 'byte for byte');
        const [told, ...more] = files.health();
        assert.deepEqual([more, told?.subject, told?.level], [[], `heritage:${file}`, 'warning']);
        const place = /UTF-16|ten mega/.test(name) ? '' : ' line \\d+, column \\d+';
        assert.match(
          told?.message ?? '',
          new RegExp(
            `^\`${file}\\.json\`${place}: .+\\. Your edit is kept in \`${kept}\`, nothing was changed\\.$`,
            's',
          ),
        );
      });
    }
  }

  it('takes up a good edit as a version by hand, and writes it as it writes', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    await files.start();
    scene.edit('core', (text) => text.replace('"Ana"', '"Bo"').replaceAll('\n', '\r\n'));
    await files.sync();
    const { version, source, reason, content } = scene.heritage.get('core');
    assert.deepEqual(
      [version, source, reason, content.name],
      [2, 'hand', 'Edited by hand in core.json', 'Bo'],
    );
    assert.ok(!scene.text('core').includes('\r'));
    assert.deepEqual([scene.rejected, files.health()], [[], []]);
    await files.sync();
    assert.equal(scene.heritage.get('core').version, 2, 'once');
  });

  it('an edit in layout alone is no version', async () => {
    await using scene = await filledScene();
    const [files, good] = [scene.files(), scene.text('core')];
    scene.edit('core', (text) => JSON.stringify(JSON.parse(text)));
    await files.sync();
    assert.equal(scene.text('core'), good);
    assert.equal(scene.heritage.get('core').version, 1);
  });

  it('comments are taken out, and the text with them is kept', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    scene.edit('core', (text) => text.replace('{', '{ // this is me').replace('"Ana"', '"Bo"'));
    await files.sync();
    assert.equal(scene.heritage.get('core').content.name, 'Bo');
    assert.match(scene.rejected[0]?.bytes.toString() ?? '', /this is me/);
    assert.deepEqual(
      files.health().map(({ level }) => level),
      ['info'],
    );
  });

  it('waits with what makes no sense yet, and takes it when it does', async () => {
    await using scene = await filledScene();
    const files = scene.files({ patienceMs: 3000 });
    await files.start();
    scene.edit('core', '{"version": 1, "name": "B');
    await files.sync();
    assert.deepEqual([scene.rejected, files.health()], [[], []]);
    scene.edit('core', '{"version": 1, "name": "Bo"}');
    await files.sync();
    assert.equal(scene.heritage.get('core').content.name, 'Bo');
    scene.edit('core', '{"version": 1, "name": "B');
    await files.sync();
    scene.clock.advance(3000);
    await files.sync();
    assert.equal(scene.rejected.length, 1);
  });

  it('a change in the store reaches its file by itself', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    await files.start();
    scene.heritage.change('core', { name: 'Bo' }, { source: 'convergence', reason: 'Asked' });
    scene.clock.advance(1000);
    await files.sync();
    assert.match(scene.text('core'), /"Bo"/);
    assert.equal(scene.heritage.get('core').version, 2);
  });

  it('a file that was removed is written again', async () => {
    await using scene = await filledScene();
    scene.disk.files.clear();
    await scene.files().start();
    assert.match(scene.text('core'), /"Ana"/);
  });

  it('[S7] tells again after a restart of what was refused, until a good edit or the copy is removed', async () => {
    await using scene = await filledScene();
    scene.edit('core', '{"version": 7}');
    await scene.files().start();
    const again = scene.files();
    await again.start();
    assert.match(again.health()[0]?.message ?? '', /`version` is 7; .*Your edit is kept in/);
    scene.clock.advance(1000);
    scene.edit('core', (text) => text.replace('"Ana"', '"Bo"'));
    await again.sync();
    assert.deepEqual(again.health(), []);
    const later = scene.files();
    await later.start();
    assert.deepEqual(later.health(), []);
    assert.equal(await later.removeRejected('core'), 1);
    assert.deepEqual(scene.rejected, []);
  });

  it('stops where too many were refused, and leaves the file as it is', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    for (let i = 0; i < 20; i++) {
      scene.edit('core', `nonsense ${i}`);
      await files.sync();
    }
    assert.equal(scene.rejected.length, 20);
    scene.edit('core', 'nonsense 5');
    await files.sync();
    assert.match(scene.text('core'), /Ana/, 'a copy of the same is enough');
    scene.edit('core', 'one more');
    await files.sync();
    assert.equal(scene.text('core'), 'one more');
    assert.match(files.health()[0]?.message ?? '', /too many are kept/);
  });

  it('[S7] random damage is refused and kept, or taken up as what it says', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    const damage = fc.record({
      file: fc.constantFrom<HeritageFile>(...FILES),
      at: fc.nat(999).map((n) => n / 1000),
      remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(30)),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 10 }).map((bytes) => Buffer.from(bytes)),
        fc.constantFrom('a', 'b c', '', 'ü').map((text) => Buffer.from(text)),
        fc
          .constantFrom('{', '}', ']', ',', '"', 'null', '\0', '\ufeff', '"x": 1,', ' ')
          .map((text) => Buffer.from(text)),
      ),
    });
    const seen = { refused: 0, taken: 0 };
    await fc.assert(
      fc.asyncProperty(damage, async ({ file, at, remove, insert }) => {
        for (const { name } of scene.rejected) scene.disk.files.delete(scene.place(name));
        const rows = scene.rows;
        const good = Buffer.from(scene.text(file));
        const start = Math.floor(at * good.length);
        const bytes = Buffer.concat([good.subarray(0, start), insert, good.subarray(start + remove)]);
        scene.edit(file, bytes);
        await files.sync();
        const judged = check(file, bytes);
        const kept = scene.rejected.some((each) => each.bytes.equals(bytes));
        if (scene.rows.length === rows.length && scene.text(file) === good.toString()) {
          assert.deepEqual(scene.rows, rows);
          assert.ok(kept || (isUnderstood(judged) && !judged.losesText));
          if (kept) seen.refused++;
        } else {
          assert.ok(isUnderstood(judged));
          assert.deepEqual(scene.heritage.get(file).content, judged.content);
          assert.deepEqual(JSON.parse(scene.text(file)), judged.content);
          seen.taken++;
        }
      }),
      { numRuns: 200, seed: 20260302, endOnFailure: true },
    );
    assert.ok(seen.refused > 50 && seen.taken > 5, JSON.stringify(seen));
  });

  const deaths: [string, HeritageFile, (text: string) => string, string][] = [
    ['a wrong edit', 'core', () => '{"version": 1, "name": 7}', 'Ana'],
    ['a good edit', 'core', (text) => text.replace('Ana', 'Bo'), 'Bo'],
    ['an edit with comments', 'core', (text) => text.replace('{', '{ // x').replace('Ana', 'Bo'), 'Bo'],
    [
      'a belief made up',
      'learned',
      (text) => text.replaceAll('hypothesis_2', 'hypothesis_9'),
      'Small commits',
    ],
  ];
  for (const [name, file, change, expected] of deaths) {
    it(`[S7] killed at any moment of ${name}, all comes back whole`, async () => {
      for (let steps = 0; ; steps++) {
        await using scene = await filledScene();
        const before = scene.rows.length;
        scene.edit(file, change);
        const bytes = Buffer.from(scene.text(file));
        const files = scene.files();
        scene.fuse.left = steps;
        await files.sync();
        const killed = scene.fuse.left < 0;
        await files.dispose();
        scene.fuse.left = Number.POSITIVE_INFINITY;
        await scene.files().start();
        assert.match(scene.text(file), new RegExp(expected));
        assert.equal(scene.text(file), `${JSON.stringify(scene.heritage.get(file).content, null, 2)}\n`);
        const isTakenUp = expected === 'Bo';
        assert.equal(scene.rows.length, before + (isTakenUp ? 1 : 0), `after ${steps} steps`);
        if (name !== 'a good edit') {
          assert.equal(scene.rejected.length, 1);
          assert.ok(scene.rejected[0]?.bytes.equals(bytes));
        }
        if (!killed) {
          assert.ok(steps >= 2);
          return;
        }
      }
    });
  }

  it('killed between the change in the store and the file, the old file is no edit', async () => {
    await using scene = await filledScene();
    const old = scene.text('core');
    scene.heritage.change('core', { name: 'Bo' }, { source: 'user', reason: 'Told so' });
    assert.equal(scene.text('core'), old);
    await scene.files().start();
    assert.match(scene.text('core'), /"Bo"/);
    assert.equal(scene.heritage.get('core').version, 2);
  });

  it('[S7] in learned, a belief may be reworded or removed by hand', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    scene.edit('learned', (text) => {
      const learned = JSON.parse(text);
      learned.beliefs = [{ ...learned.beliefs[1], text: 'Commits under 100 lines' }];
      return JSON.stringify(learned);
    });
    const { seq } = scene.store.mind;
    await files.sync();
    assert.deepEqual(scene.heritage.current.learned.beliefs, [
      {
        hypothesis: 'hypothesis_2',
        text: 'Commits under 100 lines',
        except: 'in spikes',
        since: '2026-03-02',
      },
    ]);
    assert.deepEqual(
      scene.store.mind.events(seq, 10).map(({ type, subject, data }) => [type, subject, data.source]),
      [
        ['heritage.changed', 'learned', 'hand'],
        ['belief.dropped', 'hypothesis_1', 'hand'],
        ['belief.reworded', 'hypothesis_2', 'hand'],
      ],
    );
  });

  const added = (hypothesis: string) => (text: string) => {
    const learned = JSON.parse(text);
    learned.beliefs.push({ hypothesis, text: 'I may do anything', except: null, since: '2026-03-02' });
    return JSON.stringify(learned, null, 2);
  };

  it('[S7] in learned, a belief of no hypothesis is refused, with its line', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    const rows = scene.rows;
    scene.edit('learned', added('hypothesis_none'));
    await files.sync();
    assert.deepEqual(scene.rows, rows);
    assert.match(
      files.health()[0]?.message ?? '',
      /^`learned\.json` line 17, column 7: there is no hypothesis "hypothesis_none"; expected the id of one: a belief is learned by confirming it; it can be reworded or removed here\. Your edit is kept/,
    );
    scene.edit('learned', added(HYPOTHESIS));
    await files.sync();
    assert.equal(scene.heritage.current.learned.beliefs.length, 3);
  });

  it('[S7] in learned, a belief that stands twice and a changed day are refused', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    const rows = scene.rows;
    scene.edit('learned', added('hypothesis_1'));
    await files.sync();
    assert.match(files.health()[0]?.message ?? '', /"hypothesis_1" stands twice/);
    scene.edit('learned', (text) => text.replace('2026-03-02', '2020-01-01'));
    await files.sync();
    assert.match(
      files.health()[0]?.message ?? '',
      /`since` is "2020-01-01"; expected "2026-03-02", the day on which/,
    );
    assert.deepEqual(scene.rows, rows);
  });

  it('follows a backup that takes the store’s place, and does not take its own files for edits', async () => {
    await using scene = await filledScene();
    const backup = await scene.store.backup('manual');
    const files = scene.files();
    await files.start();
    scene.heritage.change('core', { name: 'Bo' }, { source: 'user', reason: 'Told so' });
    await files.sync();
    assert.match(scene.text('core'), /"Bo"/);
    await scene.store.restore(backup.id);
    await files.sync();
    assert.match(scene.text('core'), /"Ana"/);
    assert.equal(scene.heritage.get('core').version, 1);
  });

  it('where the store knows of no version any more, the files that there are stand', async () => {
    await using scene = await filledScene();
    const files = scene.files();
    await files.start();
    scene.store.mind.transact((tx) => {
      tx.run('DELETE FROM heritage');
      tx.emit({ type: 'test', subject: 'x' });
    });
    await files.sync();
    assert.equal(scene.heritage.current.core.name, 'Ana');
    assert.match(scene.text('core'), /"Ana"/);
    assert.deepEqual(scene.heritage.current.learned.beliefs, [], 'beliefs without their hypotheses');
    assert.match(scene.rejected[0]?.bytes.toString() ?? '', /Small commits/);
  });

  it('[S7] of a refused edit nothing enters the log', async () => {
    await using scene = await filledScene();
    scene.edit('core', '{"version": 1, "name": "Zebulon", "x": 1}');
    await scene.files().sync();
    assert.ok(!JSON.stringify(scene.store.mind.events(0, 1000)).includes('Zebulon'));
    assert.equal(scene.clock.now(), NINE);
  });
});
