import assert from 'node:assert/strict';
import type { SyncedFile } from '../../../companion/working-files/names.ts';
import { MemoryDisk } from '../../support/memory-disk.ts';
import { World } from './world.ts';

type Wrong = readonly [name: string, change: (text: string) => string | Buffer, said: RegExp];

const TEN_MB = 10 * 1024 * 1024;
const ANY_FILE: readonly Wrong[] = [
  ['UTF-16 with its BOM', (text) => Buffer.from(`\ufeff${text}`, 'utf16le'), /: it is not UTF-8 text\./],
];
const JSON_FILE: readonly Wrong[] = [
  ...ANY_FILE,
  ['bad JSON', (text) => text.replace('": ', '" '), / line 2, column \d+: found .+; expected a colon\./],
  [
    'a wrong type',
    (text) => text.replace(/"version": 1/, '"version": "1"'),
    / line 2: `version` is "1"; expected 1\./,
  ],
  ['a list in its place', () => '[]', / line 1: it holds a list; expected /],
  [
    'an unknown version',
    (text) => text.replace('"version": 1', '"version": 2'),
    / line 2: `version` is 2; expected 1\./,
  ],
  ['half of it', (text) => text.slice(0, text.length / 2), / line \d+, column \d+: .+; expected /],
  [
    'NUL bytes at its end',
    (text) => Buffer.concat([Buffer.from(text.slice(0, 30)), Buffer.alloc(50)]),
    / line \d+, column \d+: .+; expected /,
  ],
  [
    'ten megabytes of nonsense',
    () => Buffer.alloc(TEN_MB, 'x'),
    / line 1, column 1: found "x+…?"; expected /,
  ],
];
const FILES: Readonly<Record<SyncedFile, readonly Wrong[]>> = {
  'open_loops.json': [
    ...JSON_FILE,
    [
      'a word for a priority',
      (text) => text.replace('"normal"', '"urgent"'),
      / line \d+: `priority` is "urgent"; expected low, normal or high\./,
    ],
    [
      'a number for a title',
      (text) => text.replace('"One"', '1'),
      / line \d+: `title` is 1; expected text in quotes\./,
    ],
  ],
  'decisions.json': [
    ...JSON_FILE,
    [
      'text for a list',
      (text) => text.replace('"options": []', '"options": "both"'),
      / line \d+: `options` is "both"; expected a list in square brackets\./,
    ],
  ],
  'now.md': [
    ...ANY_FILE,
    ['half of an id', (text) => text.replace(/<!-- (loop_\w{4})\w+ -->/, '<!-- $1 -->'), / line \d+: .+/],
  ],
};

describe('working-files/wrong edits', function () {
  this.timeout(60_000);

  for (const [file, wrongs] of Object.entries(FILES) as [SyncedFile, readonly Wrong[]][]) {
    for (const [name, change, said] of wrongs) {
      it(`[S7] ${file} with ${name} is kept beside and reported with line and reason, the store is unchanged`, async () => {
        await using world = await World.make();
        const disk = new MemoryDisk();
        const files = world.start({ disk });
        for (const title of ['One', 'Two']) world.open(title);
        world.decide('Which store?', 'SQLite');
        await files.ensureFolder();
        await files.sync();
        const place = world.file(file);
        const [good, stored] = [disk.files.get(place)!, world.stored];
        const bytes = Buffer.from(change(good.toString()));
        assert.ok(!bytes.equals(good), 'it is no edit');
        disk.files.set(place, bytes);
        const report = await files.sync();
        assert.deepEqual(world.stored, stored);
        assert.deepEqual(report.applied, []);
        assert.ok(disk.files.get(`${place}.rejected`)?.equals(bytes), 'byte for byte');
        assert.ok(disk.files.get(place)?.equals(good), 'the good file is back');
        const [told] = world.health;
        assert.equal(told?.level, 'warning');
        assert.ok(told.message.startsWith(`\`${file}\``));
        assert.match(told.message, said);
        assert.match(told.message, /Your edit is kept in `.+\.rejected`, nothing was changed\.$/);
      });
    }

    it(`[S7] an empty ${file} asks for nothing, and is written again`, async () => {
      await using world = await World.make();
      const disk = new MemoryDisk();
      const files = world.start({ disk });
      world.open('One');
      await files.ensureFolder();
      await files.sync();
      const [good, stored] = [disk.text(world.file(file)), world.stored];
      disk.files.set(world.file(file), Buffer.alloc(0));
      await files.sync();
      assert.deepEqual([disk.text(world.file(file)), world.stored], [good, stored]);
    });
  }
});
