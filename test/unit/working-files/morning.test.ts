import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newDay } from '../../../companion/working-files/day-state.ts';
import { nextDay } from '../../../companion/working-files/morning.ts';
import { NINE, World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function prepared(): Promise<World & { ids: string[] }> {
  const world = await World.make();
  const ids = ['One', 'Two', 'Three', 'Four'].map((title) => world.open(title));
  await world.files.ensureFolder();
  await world.files.sync();
  return Object.assign(world, { ids });
}

describe('working-files/morning', function () {
  this.timeout(30_000);

  it('begins a day after another, never one before it', () => {
    const view = {
      day: '2025-11-05',
      focus: 'f',
      energy: 'e',
      notes: 'n',
      top: [{ id: 'loop_1', title: 'One' }],
      close: [],
    };
    assert.equal(nextDay(view, '2025-11-05'), null);
    assert.equal(nextDay(view, '2025-11-04'), null);
    assert.deepEqual(nextDay(view, '2025-11-09'), newDay('2025-11-09', ['loop_1']));
  });

  it('archives yesterday and carries over what is unfinished of the top three', async () => {
    await using world = await prepared();
    const [one, two, three, four] = world.ids as [string, string, string, string];
    world.edit('now.md', (text) =>
      text
        .replace('Focus:', 'Focus: parser')
        .replace(
          /1\. .*\n2\. .*\n3\. .*\n/,
          `1. Four <!-- ${four} -->\n2. Two <!-- ${two} -->\n3. One <!-- ${one} -->\n`,
        )
        .replace(/- \[ \] Two/, '- [x] Two')
        .concat('\nSlept badly.\n'),
    );
    await world.files.sync();
    assert.equal(await world.files.interaction(NINE + HOUR), false);
    assert.equal(await world.files.interaction(NINE + 19.9 * HOUR), false, 'not before five');
    const yesterday = world.read('now.md');
    assert.equal(await world.files.interaction(NINE + 20 * HOUR), true);
    assert.equal(world.read('archive/now-2025-11-05.md'), yesterday);
    assert.match(yesterday, /Focus: parser[\s\S]*- \[x\] Two[\s\S]*Slept badly\./);
    const now = world.read('now.md');
    assert.match(now, /^# Thursday 6 November 2025\n\nFocus:\nEnergy:\n/);
    const top = now.slice(now.indexOf('## Top'), now.indexOf('## To close'));
    assert.match(
      top,
      new RegExp(`1\\. Four <!-- ${four} -->\n2\\. One <!-- ${one} -->\n3\\. Three <!-- ${three} -->`),
    );
    assert.doesNotMatch(now, /Two|Slept/);
    assert.equal(await world.files.interaction(NINE + 21 * HOUR), false);
    assert.deepEqual(readdirSync(world.file('archive')), ['now-2025-11-05.md']);
    assert.equal(await world.files.interaction(NINE - DAY), false, 'a clock that went back');
    assert.equal(await world.files.interaction(NINE + 5 * DAY), true);
    assert.deepEqual(readdirSync(world.file('archive')), ['now-2025-11-05.md', 'now-2025-11-06.md']);
  });

  it('counts an edit that was not read yet for the day it was made', async () => {
    await using world = await prepared();
    world.edit('now.md', (text) => text.replace('Focus:', 'Focus: at the last minute'));
    await world.files.interaction(NINE + DAY);
    assert.match(world.read('archive/now-2025-11-05.md'), /Focus: at the last minute/);
    assert.match(world.read('now.md'), /Focus:\n/);
  });

  it('keeps a refused edit and yesterday apart, and waits for one that is still being typed', async () => {
    await using world = await prepared();
    const files = world.start({ patienceMs: 1000 });
    world.edit('now.md', (text) => text.replace(/<!-- loop_\w+ -->/, '<!-- loop_'));
    assert.equal(await files.interaction(NINE + DAY), false);
    world.clock.time += 1000;
    assert.equal(await files.interaction(NINE + DAY), true);
    assert.match(world.read('now.md.rejected'), /<!-- loop_\n/);
    assert.match(world.read('archive/now-2025-11-05.md'), /^# Wednesday 5 November 2025/);
  });

  it('never writes over what is in the archive, nor through a link', async () => {
    await using world = await prepared();
    mkdirSync(world.file('archive'));
    writeFileSync(world.file('archive/now-2025-11-05.md'), 'mine');
    await world.files.interaction(NINE + DAY);
    assert.equal(world.read('archive/now-2025-11-05.md'), 'mine');
    assert.match(world.read('archive/now-2025-11-05-2.md'), /^# Wednesday/);

    await using linked = await prepared();
    const elsewhere = path.join(linked.root, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, linked.file('archive'));
    assert.equal(await linked.files.interaction(NINE + DAY), false);
    assert.equal(await linked.files.interaction(NINE + DAY), false);
    assert.deepEqual(readdirSync(elsewhere), []);
    assert.deepEqual(
      linked.health.map(({ message }) => message),
      ['`now.md` of 2025-11-05 stays, since `archive` beside it cannot be used. Rename it.'],
    );
  });

  it('does nothing before there are files', async () => {
    await using world = await World.make();
    assert.equal(await world.files.interaction(NINE + DAY), false);
  });
});
