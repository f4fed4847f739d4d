import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Disk, type Found } from '../../../companion/kernel/disk.ts';
import { World } from './world.ts';

async function prepared(...titles: string[]): Promise<World & { ids: string[] }> {
  const world = await World.make();
  const ids = titles.map((title) => world.open(title));
  await world.files.ensureFolder();
  await world.files.sync();
  return Object.assign(world, { ids });
}

/** A scan that gives a loop another title, as a machine does. */
function scanTitle(world: World, id: string, title: string): void {
  world.mind.transact((tx) => {
    tx.run('UPDATE loops SET title = ? WHERE id = ?', title, id);
    tx.emit({ type: 'loop.changed', subject: id, data: { by: 'scan', fields: 'title' } });
  });
}

describe('working-files/file sync: edits', function () {
  this.timeout(30_000);

  it('[F5] applies changed fields, a new entry and a removed one, and writes the file anew', async () => {
    await using world = await prepared('One', 'Two', 'Three');
    const [one, two, three] = world.ids as [string, string, string];
    world.editJson('open_loops.json', (document) => {
      const entry = (id: string) => document.loops.find((loop: { id: string }) => loop.id === id);
      Object.assign(entry(one), { title: 'One and a half', priority: 'high', context: 'why' });
      Object.assign(entry(two), { deferUntil: '2025-11-10' });
      document.loops = document.loops.filter((loop: { id: string }) => loop.id !== three);
      document.loops.push({ title: 'Four', context: 'by hand' });
    });
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, []);
    assert.deepEqual(
      report.applied.map(({ kind }) => kind),
      ['change-loop', 'change-loop', 'open-loop', 'change-loop'],
    );
    const { title, priority, context } = world.loops.get(one);
    assert.deepEqual(
      { title, priority, context },
      { title: 'One and a half', priority: 'high', context: 'why' },
    );
    assert.equal(world.loops.get(two).status, 'deferred');
    assert.equal(world.loops.get(two).deferUntil, Date.UTC(2025, 10, 10, 5));
    assert.equal(world.loops.get(three).status, 'dropped');
    const written = world.json('open_loops.json').loops;
    const four = written.find((loop: { title: string }) => loop.title === 'Four');
    assert.match(four.id, /^loop_/);
    assert.equal(written.find((loop: { id: string }) => loop.id === two).deferUntil, '2025-11-10');
    assert.deepEqual((await world.files.sync()).applied, []);
  });

  it('records a new decision, changes an outcome, and keeps one whose entry was removed', async () => {
    await using world = await World.make();
    const kept = world.decide('Which store?', 'SQLite');
    const changed = world.decide('Which wire?', 'WebSocket');
    await world.files.ensureFolder();
    await world.files.sync();
    world.editJson('decisions.json', (document) => {
      document.decisions = [
        {
          ...document.decisions.find((d: { id: string }) => d.id === changed),
          outcome: 'held',
          reviewAt: '2026-01-01',
        },
        { question: 'Which font?', decision: 'the editor’s own', options: ['a', 'b'] },
      ];
    });
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, []);
    assert.equal(
      report.notes[0]?.message,
      '`decisions.json`: the entry of "Which store?" was removed; decisions are kept, so it is written again.',
    );
    const decisions = world.json('decisions.json').decisions;
    assert.equal(decisions.length, 3);
    assert.ok(decisions.some((d: { id: string }) => d.id === kept));
    assert.equal(decisions.find((d: { id: string }) => d.id === changed).outcome, 'held');
    assert.equal(decisions.find((d: { question: string }) => d.question === 'Which font?').options[1], 'b');
  });

  it('takes ticks, order, focus and notes from `now.md`, and keeps them there', async () => {
    await using world = await prepared('One', 'Two', 'Three');
    const [one, two, three] = world.ids as [string, string, string];
    const line = (title: string, id: string) => `${title} <!-- ${id} -->`;
    world.edit(
      'now.md',
      `# Wednesday 5 November 2025

Focus: the parser
Energy: low

## Top three

- ${line('Three', three)}
2. ${line('One', one)}

## To close

- [x] ${line('Two', two)}
- [ ] ${line('One', one)}
- [ ] Call Ana

## Notes

Remember the milk.
`,
    );
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, []);
    assert.equal(world.loops.get(two).status, 'blessed');
    const text = world.read('now.md');
    assert.match(text, /Focus: the parser\nEnergy: low\n/);
    assert.match(text, new RegExp(`1\\. ${line('Three', three)}\n2\\. ${line('One', one)}\n\n`));
    assert.match(text, new RegExp(`- \\[x\\] ${line('Two', two)}\n`));
    assert.match(text, /- \[ \] Call Ana <!-- loop_\w+ -->\n/);
    assert.match(text, /## Notes\n\nRemember the milk\.\n$/);
    world.edit('now.md', (now) => now.replace('- [x]', '- [ ]'));
    await world.files.sync();
    assert.equal(world.loops.get(two).status, 'open');
  });

  it('[F5] refuses what makes no sense with line, field, received and expected, and loses nothing', async () => {
    await using world = await prepared('One', 'Two');
    const before = world.stored;
    world.edit('open_loops.json', (text) =>
      text
        .replace('"title": "One"', '"title": "Uno"')
        .replace('"priority": "normal"', '"priority": "urgent"'),
    );
    const edited = world.read('open_loops.json');
    const line = edited.split('\n').findIndex((text) => text.includes('urgent')) + 1;
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, [
      {
        file: 'open_loops.json',
        message: `\`open_loops.json\` line ${line}: \`priority\` is "urgent"; expected low, normal or high. Your edit is kept in \`open_loops.json.rejected\`, nothing was changed.`,
      },
    ]);
    assert.deepEqual(world.stored, before);
    assert.equal(world.read('open_loops.json.rejected'), edited);
    assert.equal(world.json('open_loops.json').loops.length, 2);
    assert.doesNotMatch(world.read('open_loops.json'), /Uno|urgent/);
    assert.deepEqual(
      world.health.map(({ level, message }) => [level, message]),
      [['warning', report.rejected[0]?.message]],
    );
    world.edit('open_loops.json', 'another nonsense');
    assert.match(
      (await world.files.sync()).rejected[0]?.message ?? '',
      /kept in `open_loops.json.rejected-2`/,
    );
    assert.equal(world.read('open_loops.json.rejected'), edited);
  });

  it('[F5] keeps bytes that are no text, and stops where too many edits were refused', async () => {
    await using world = await prepared('One');
    const bytes = Buffer.from([0xff, 0xfe, 0x7b, 0x00]);
    writeFileSync(world.file('open_loops.json'), bytes);
    assert.match(
      (await world.files.sync()).rejected[0]?.message ?? '',
      /is not UTF-8 text\. Your edit is kept/,
    );
    assert.ok(readFileSync(world.file('open_loops.json.rejected')).equals(bytes));
    for (let n = 2; n <= 50; n++) writeFileSync(world.file(`open_loops.json.rejected-${n}`), `${n}`);
    world.edit('open_loops.json', '{');
    assert.match((await world.files.sync()).rejected[0]?.message ?? '', /left as it is/);
    assert.equal(world.read('open_loops.json'), '{');
  });

  it('tolerates comments, trailing commas, a BOM and CRLF, and keeps a comment beside', async () => {
    await using world = await prepared('One');
    world.edit('open_loops.json', (text) =>
      `\ufeff${text.replace('"One",', '"Uno", // better').replace('"anchors": []', '"anchors": [],')}`.replaceAll(
        '\n',
        '\r\n',
      ),
    );
    const edited = world.read('open_loops.json');
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, []);
    assert.equal(world.loops.get(world.ids[0] as string).title, 'Uno');
    assert.match(report.notes[0]?.message ?? '', /such as comments, is in `open_loops.json.rejected`/);
    assert.equal(world.read('open_loops.json.rejected'), edited);
  });

  it('waits with what makes no sense yet: somebody may be typing', async () => {
    await using world = await prepared('One');
    const files = world.start({ patienceMs: 2000 });
    world.edit('open_loops.json', '{"version": 1, "loops": [{"tit');
    assert.deepEqual((await files.sync()).waiting, ['open_loops.json']);
    world.clock.time += 1999;
    world.edit('open_loops.json', '{"version": 1, "loops": [{"title');
    assert.deepEqual((await files.sync()).waiting, ['open_loops.json']);
    world.clock.time += 1999;
    const still = await files.sync();
    assert.deepEqual([still.waiting, still.written, still.rejected], [['open_loops.json'], [], []]);
    world.clock.time += 1;
    assert.match(
      (await files.sync()).rejected[0]?.message ?? '',
      /line 1, column 27: found "\\"title"; expected a closing quote/,
    );
  });

  it('waits with a `now.md` that lacks its end, and takes it at its word when it stays so', async () => {
    await using world = await prepared('One', 'Two');
    const files = world.start({ patienceMs: 2000 });
    world.edit('now.md', (text) => text.slice(0, text.indexOf('Two')));
    assert.deepEqual((await files.sync()).waiting, ['now.md']);
    world.clock.time += 2000;
    assert.deepEqual((await files.sync()).waiting, []);
    assert.equal(world.loops.list({ limit: 10 }).length, 2);
    assert.match(world.read('now.md'), /## Top three\n\n1\. One.*\n\n## To close/);
  });

  it('waits for two equal reads before it judges a file that is being written', async () => {
    await using world = await prepared('One');
    const whole = world.read('open_loops.json').replace('"One"', '"Uno"');
    const target = world.file('open_loops.json');
    let reads = 0;
    // An editor that saves a tenth of the file between two reads.
    class Saving extends Disk {
      override read(file: string): Promise<Found> {
        if (file === target) writeFileSync(file, whole.slice(0, (whole.length / 10) * ++reads));
        return super.read(file);
      }
    }
    const disk = new Saving({ clock: world.clock, quietMs: 1 });
    const report = await world.start({ disk }).sync();
    assert.ok(reads >= 11, `${reads} reads`);
    assert.deepEqual(report.rejected, []);
    assert.equal(world.loops.get(world.ids[0] as string).title, 'Uno');
  });

  it('[F5] does not follow a link, nor read or write what is not a plain file', async () => {
    await using world = await prepared('One');
    const secret = path.join(world.root, 'secret');
    writeFileSync(secret, '{"version": 1, "loops": []}');
    rmSync(world.file('open_loops.json'));
    symlinkSync(secret, world.file('open_loops.json'));
    rmSync(world.file('decisions.json'));
    mkdirSync(world.file('decisions.json'));
    const before = world.stored;
    const report = await world.files.sync();
    assert.deepEqual(
      report.rejected.map(({ message }) => message.split(';')[0]),
      ['`open_loops.json` is a symbolic link', '`decisions.json` is a folder'],
    );
    assert.equal(readFileSync(secret, 'utf8'), '{"version": 1, "loops": []}');
    assert.deepEqual(world.stored, before);
    await world.files.sync();
    assert.equal(world.health.length, 2, 'says it once');
  });

  it('cannot tell an edit where the copy of what was written is gone: keeps it beside', async () => {
    await using world = await prepared('One');
    rmSync(path.join(world.data, 'workspaces'), { recursive: true });
    assert.deepEqual((await world.files.sync()).rejected, []);
    rmSync(path.join(world.data, 'workspaces'), { recursive: true });
    world.edit('open_loops.json', (text) => text.replace('One', 'Uno'));
    assert.match(
      (await world.files.sync()).rejected[0]?.message ?? '',
      /copy of what was last written is missing/,
    );
    assert.match(world.read('open_loops.json.rejected'), /Uno/);
    world.edit('open_loops.json', (text) => text.replace('One', 'Uno'));
    assert.deepEqual((await world.files.sync()).rejected, []);
  });

  it('leaves the file as it is while nothing can be stored', async () => {
    await using world = await prepared('One');
    world.edit('open_loops.json', (text) => text.replace('One', 'Uno'));
    const { guard } = world.store;
    const real = guard.write;
    Object.assign(guard, {
      write: () => {
        throw Object.assign(new Error('disk full'), { syscall: 'write' });
      },
    });
    const report = await world.files.sync();
    assert.match(report.failed[0]?.message ?? '', /could not be read back; it is tried again/);
    assert.match(world.read('open_loops.json'), /Uno/);
    Object.assign(guard, { write: real });
    assert.equal((await world.files.sync()).applied.length, 1);
  });
});

describe('working-files/file sync: both sides changed', function () {
  this.timeout(30_000);

  it('merges field by field', async () => {
    await using world = await prepared('One');
    const [one] = world.ids as [string];
    world.loops.update({ id: one, context: 'from the sidebar' });
    world.edit('open_loops.json', (text) => text.replace('"priority": "normal"', '"priority": "high"'));
    const report = await world.files.sync();
    assert.deepEqual(report.rejected, []);
    const { context, priority } = world.loops.get(one);
    assert.deepEqual({ context, priority }, { context: 'from the sidebar', priority: 'high' });
  });

  it('lets an edit win over what a machine changed', async () => {
    await using world = await prepared('One');
    const [one] = world.ids as [string];
    scanTitle(world, one, 'One, as scanned');
    world.edit('open_loops.json', (text) => text.replace('"One"', '"Uno"'));
    assert.deepEqual((await world.files.sync()).rejected, []);
    assert.equal(world.loops.get(one).title, 'Uno');
  });

  it('never lets an edit win silently over the user’s own newer change', async () => {
    await using world = await prepared('One', 'Two');
    const [one, two] = world.ids as [string, string];
    world.loops.update({ id: one, title: 'From the sidebar' });
    world.edit('open_loops.json', (text) => text.replace('"One"', '"Uno"').replace('"Two"', '"Due"'));
    const edited = world.read('open_loops.json');
    const report = await world.files.sync();
    assert.match(
      report.rejected[0]?.message ?? '',
      /^`open_loops.json` line \d+: `title` is "Uno", but was changed to "From the sidebar" in Progeny after the file was written; that stays\. Your edit is kept in `open_loops.json.rejected`; everything else in it was applied\.$/,
    );
    assert.equal(world.loops.get(one).title, 'From the sidebar');
    assert.equal(world.loops.get(two).title, 'Due');
    assert.equal(world.read('open_loops.json.rejected'), edited);
    assert.match(world.read('open_loops.json'), /From the sidebar/);
  });

  it('does not drop a removed loop whose status the user has just changed, nor bless one that they dropped', async () => {
    await using world = await prepared('One');
    const [one] = world.ids as [string];
    world.loops.update({ id: one, deferUntil: world.clock.time + 1e9 });
    world.editJson('open_loops.json', (document) => {
      document.loops = [];
    });
    assert.match(
      (await world.files.sync()).rejected[0]?.message ?? '',
      /was removed, but its status was changed to deferred/,
    );
    assert.equal(world.loops.get(one).status, 'deferred');
    world.loops.update({ id: one, status: 'open' });
    await world.files.sync();
    world.loops.update({ id: one, status: 'dropped' });
    world.edit('now.md', (text) => text.replace('- [ ]', '- [x]'));
    assert.match(
      (await world.files.sync()).rejected[0]?.message ?? '',
      /"One" is ticked, but was changed to dropped/,
    );
    assert.equal(world.loops.get(one).status, 'dropped');
  });

  it('takes up a loop again whose entry is put back', async () => {
    await using world = await prepared('One', 'Two');
    const [one] = world.ids as [string];
    const whole = world.read('open_loops.json');
    world.editJson('open_loops.json', (document) => {
      document.loops = document.loops.filter((loop: { id: string }) => loop.id !== one);
    });
    await world.files.sync();
    assert.equal(world.loops.get(one).status, 'dropped');
    world.edit('open_loops.json', whole);
    await world.files.sync();
    assert.equal(world.loops.get(one).status, 'open');
  });

  it('the same edit made twice counts twice', async () => {
    await using world = await prepared('One');
    const add = () =>
      world.editJson('open_loops.json', (document) => {
        document.loops = [{ title: 'Again' }];
      });
    add();
    await world.files.sync();
    add();
    await world.files.sync();
    const rows = world.mind.read((r) =>
      r.all("SELECT status FROM loops WHERE title = 'Again' ORDER BY status"),
    );
    assert.deepEqual(
      rows.map(({ status }) => status),
      ['dropped', 'open'],
    );
  });
});
