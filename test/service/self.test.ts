import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SelfState } from '../../companion/protocol/index.ts';
import { eventually, spawnCompanion, testCompanion } from '../support/companion.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe('self and heritage', function () {
  this.timeout(120_000);

  it('as a person types it: self, its history, marks; heritage, versions, diff, restore, paths', async () => {
    using folder = temporaryFolder();
    const data = path.join(folder.path, 'data');
    await using _ = await spawnCompanion(data);
    const progeny = (...args: string[]) =>
      spawnSync(process.execPath, [path.resolve('companion/cli/progeny.ts'), ...args], {
        env: { ...process.env, PROGENY_DATA_DIR: data, NO_COLOR: '1' },
        cwd: folder.path,
        encoding: 'utf8',
        timeout: 60_000,
      });
    assert.match(
      progeny('self').stdout,
      /^Live · beside you\..*\ntrust {4}\.50 {2}▮▮▮▮▮▯▯▯▯▯ {2}what it may do[\s\S]*Nothing has moved it yet\./,
    );
    const state = JSON.parse(progeny('self', '--json').stdout) as SelfState;
    assert.deepEqual([state.tier, state.mode], ['T0', 'live']);
    progeny('decide', 'Which store?', '--decision', 'SQLite');
    progeny('self', '--mark', 'a new keyboard');
    assert.match(progeny('self').stdout, /Last moved just now\./);
    const history = progeny('self', '--history').stdout;
    assert.match(history, /▸ a new keyboard \((mark_\w+)\)\n.*You recorded a decision\. warmth \.60 → \.62/);
    assert.match(progeny('self', '--unmark', /mark_\w+/.exec(history)?.[0] ?? '').stdout, /The mark is gone/);
    assert.doesNotMatch(progeny('self', '--axis', 'trust').stdout, /decision|keyboard/);

    assert.match(progeny('heritage', 'diff', 'core').stdout, /^Nothing was said of core yet\./);
    assert.match(progeny('heritage').stdout, /core \(nothing said yet\)[\s\S]*preferences[\s\S]*learned/);
    const [core] = JSON.parse(progeny('heritage', 'edit-path', 'core', '--json').stdout) as [string];
    writeFileSync(core, readFileSync(core, 'utf8').replace('"name": ""', '"name": "Ana"'));
    await eventually(() => progeny('heritage', 'show', 'core').stdout.includes('name: Ana'));
    assert.match(
      progeny('heritage', 'versions', 'core').stdout,
      /^ {3}1 .*hand {9}Edited by hand in core\.json/,
    );
    assert.match(
      progeny('heritage', 'diff', 'core').stdout,
      /`name` is now "Ana"\.[\s\S]*\+ {3}"name": "Ana"/,
    );
    writeFileSync(core, readFileSync(core, 'utf8').replace('"Ana"', '"Bo"'));
    await eventually(() => progeny('heritage', 'versions', 'core', '--json').stdout.includes('"version":2'));
    assert.match(
      progeny('heritage', 'restore', 'core', '1').stdout,
      /Version 1 of core is in force again, as version 3/,
    );
    assert.match(
      progeny('heritage', 'forget-versions', 'core').stdout,
      /would forget 2 old versions of core/,
    );
    assert.match(
      progeny('heritage', 'forget-versions', 'core', '--yes').stdout,
      /Forgot 2 old versions of core/,
    );
    for (const wrong of [
      ['heritage', 'nothing'],
      ['heritage', 'show', 'soul'],
      ['heritage', 'diff'],
      ['heritage', 'restore', 'core', 'one'],
      ['self', '--axis', 'mood'],
      ['self', '--history', '--limit', '0'],
    ]) {
      const { status, stderr } = progeny(...wrong);
      assert.equal(status, 2, wrong.join(' '));
      assert.match(stderr, /expected .*received/s);
    }
  });

  it('[S7] a wrong hand edit is in the health of a running companion, and the file is whole again', async () => {
    await using t = await testCompanion();
    const document = await t.api.heritage.update({ file: 'core', patch: { name: 'Ana' } });
    await eventually(() => safeRead(document.path).includes('"Ana"'));
    writeFileSync(document.path, '{\n  "version": 1,\n  "name": 7\n}\n');
    const told = await eventually(async () =>
      (await t.api.system.status({})).health.find(({ subject }) => subject === 'heritage:core'),
    );
    assert.match(
      told.message,
      /^`core\.json` line 3, column 11: `name` is 7; expected text in quotes\. Your edit is kept in `core\.rejected-\d{8}T\d{9}Z\.json`, nothing was changed\.$/,
    );
    assert.match(safeRead(document.path), /"Ana"/);
    assert.equal((await t.api.heritage.versions({ file: 'core' })).length, 1);
  });

  it('forgotten versions leave no byte behind, and a restored backup does not bring them back', async () => {
    await using t = await testCompanion();
    const canary = 'zqheritagecanaryqz';
    await t.api.heritage.update({
      file: 'core',
      patch: { rememberedBy: `for the ${canary}` },
      reason: canary,
    });
    const backup = await t.api.backups.create({});
    const { path: place } = await t.api.heritage.update({
      file: 'core',
      patch: { rememberedBy: 'for nothing' },
    });
    await eventually(() => safeRead(place).includes('for nothing'));
    writeFileSync(place, `{"version": 1, "${canary}": 1}`);
    await eventually(() => readdirSync(path.dirname(place)).some((name) => name.includes('rejected')));
    const mark = await t.api.self.mark({ text: canary });
    assert.ok(mark.kind === 'mark');
    await t.api.self.unmark({ id: mark.id });
    const gone = await t.api.heritage.forgetVersions({ file: 'core' });
    assert.deepEqual([gone.versions, gone.rejected], [1, 1]);
    assert.deepEqual(
      gone.backups.map(({ id }) => id),
      [backup.id],
    );
    assert.deepEqual(traces(t.data, canary, backup.id), []);
    await t.api.backups.restore({ id: backup.id });
    assert.deepEqual(traces(t.data, canary, backup.id), []);
    await eventually(async () => {
      const core = (await t.api.heritage.get({})).find(({ file }) => file === 'core');
      return core?.file === 'core' && core.content.rememberedBy === 'for nothing';
    });
    assert.deepEqual(traces(t.data, canary, backup.id), []);
  });
});

function safeRead(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Files of the data directory, without those of a backup taken before, that show a word. */
function traces(folder: string, word: string, backup: string): string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((name) => {
    const file = path.join(folder, name);
    if (name.includes(backup) || !statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
    return readFileSync(file).includes(word);
  });
}
