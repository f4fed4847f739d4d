import assert from 'node:assert/strict';
import path from 'node:path';
import { Fuse, fused } from '../../support/fuse.ts';
import { MemoryDisk } from '../../support/memory-disk.ts';
import { NINE, World } from './world.ts';

const DAY = 86_400_000;

class Scene {
  readonly disk = new MemoryDisk();
  readonly fuse = new Fuse();
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
    this.disk.beforeChange = this.fuse.burn;
  }

  static async make(): Promise<Scene> {
    const scene = new Scene(await World.make());
    const { world } = scene;
    for (const title of ['One', 'Two', 'Three']) world.open(title);
    world.decide('Which store?', 'SQLite');
    const files = scene.start();
    await files.ensureFolder();
    await files.sync();
    return scene;
  }

  start() {
    return this.world.start({ disk: this.disk, mind: fused(this.world.mind, this.fuse) });
  }

  file(name: string): string {
    return this.disk.text(this.world.file(name)) ?? '';
  }

  edit(name: string, change: (text: string) => string): void {
    this.disk.files.set(this.world.file(name), Buffer.from(change(this.file(name))));
  }

  /** Runs until the fuse blows (true) or to the end (false). */
  async killedAfter(steps: number, work: () => Promise<unknown>): Promise<boolean> {
    this.fuse.left = steps;
    try {
      await work();
      return false;
    } catch (error) {
      assert.equal((error as Error).message, 'killed');
      return true;
    } finally {
      this.fuse.left = Number.POSITIVE_INFINITY;
    }
  }

  /** What the store holds, without ids and times. */
  get summary(): object {
    return this.world.mind.read((r) => {
      const now = r.get<{ value: string }>("SELECT value FROM meta WHERE key LIKE 'now:%'");
      const { day, focus, notes, top } = JSON.parse(now?.value ?? '{}');
      const titleOf = (id: string) =>
        r.get<{ title: string }>('SELECT title FROM loops WHERE id = ?', id)?.title;
      return {
        loops: r.all('SELECT title, status, priority FROM loops ORDER BY title, status'),
        decisions: r.all('SELECT question, outcome FROM decisions ORDER BY question'),
        now: { day, focus, notes, top: top?.map(titleOf) },
      };
    });
  }
}

function editEverything(scene: Scene): void {
  scene.edit('open_loops.json', (text) => {
    const document = JSON.parse(text);
    document.loops = document.loops.filter((loop: { title: string }) => loop.title !== 'Three');
    document.loops[0].priority = 'high';
    document.loops.push({ title: 'Four' });
    return JSON.stringify(document);
  });
  scene.edit('decisions.json', (text) => {
    const document = JSON.parse(text);
    document.decisions[0].outcome = 'held';
    document.decisions.push({ question: 'Which font?', decision: 'none' });
    return JSON.stringify(document);
  });
  scene.edit('now.md', (text) =>
    text
      .replace('Focus:', 'Focus: parser')
      .replace('1. ', '1. Five\n2. ')
      .replace('- [ ] Two', '- [x] Two')
      .concat('\nA note.\n'),
  );
}

/** Kills the work at each of its steps and lets `check` look at what a restart makes of it. */
async function killEverywhere(
  work: (scene: Scene) => Promise<unknown>,
  arrange: (scene: Scene) => void,
  check: (scene: Scene, steps: number) => Promise<void>,
): Promise<number> {
  for (let steps = 0; ; steps++) {
    const scene = await Scene.make();
    await using _world = scene.world;
    arrange(scene);
    const killed = await scene.killedAfter(steps, () => work(scene));
    await check(scene, steps);
    if (!killed) return steps;
  }
}

describe('working-files/crash', function () {
  this.timeout(120_000);

  it('[F5] killed at any step of reading edits back and writing, nothing is lost and nothing is done twice', async () => {
    const whole = await Scene.make();
    await using _world = whole.world;
    editEverything(whole);
    await whole.start().sync();
    const expected = whole.summary;
    assert.match(JSON.stringify(expected), /"Four".*"Five"|"Five".*"Four"/);

    const steps = await killEverywhere(
      (scene) => scene.start().sync(),
      editEverything,
      async (scene, at) => {
        const report = await scene.start().sync();
        assert.deepEqual(report.rejected, [], `killed at ${at}`);
        assert.deepEqual(scene.summary, expected, `killed at ${at}`);
        assert.match(scene.file('open_loops.json'), /"Four"/);
        assert.match(scene.file('now.md'), /Five[\s\S]*A note\./);
        assert.deepEqual((await scene.start().sync()).written, [], `killed at ${at}`);
      },
    );
    assert.ok(steps >= 15, `${steps} steps`);
  });

  it('[F5] what is changed elsewhere before the restart is neither reverted nor a conflict', async () => {
    await killEverywhere(
      (scene) => scene.start().sync(),
      (scene) => {
        // The store is ahead of the files: the sync has something to write.
        scene.world.open('Six');
        const [one] = scene.world.loops.list({ limit: 10 }).filter(({ title }) => title === 'One');
        scene.world.loops.update({ id: one?.id ?? '', title: 'Uno' });
      },
      async (scene, at) => {
        const [one] = scene.world.loops.list({ limit: 10 }).filter(({ title }) => title === 'Uno');
        scene.world.loops.update({ id: one?.id ?? '', title: 'Eins' });
        const report = await scene.start().sync();
        assert.deepEqual([report.applied, report.rejected], [[], []], `killed at ${at}`);
        assert.match(scene.file('open_loops.json'), /"Eins"[\s\S]*"Six"|"Six"[\s\S]*"Eins"/);
      },
    );
  });

  it('[F5] an edit made after the crash counts, wherever the crash was', async () => {
    await killEverywhere(
      (scene) => scene.start().sync(),
      (scene) => void scene.world.open('Six'),
      async (scene, at) => {
        scene.edit('open_loops.json', (text) => text.replace('"Two"', '"Due"'));
        const report = await scene.start().sync();
        assert.deepEqual(report.rejected, [], `killed at ${at}`);
        const titles = scene.world.loops.list({ limit: 10 }).map(({ title }) => title);
        assert.deepEqual(titles.sort(), ['Due', 'One', 'Six', 'Three'], `killed at ${at}`);
      },
    );
  });

  it('[F5] killed while it refuses an edit, the text is kept all the same', async () => {
    const nonsense = '{"loops": "mine';
    await killEverywhere(
      (scene) => scene.start().sync(),
      (scene) => scene.edit('open_loops.json', () => nonsense),
      async (scene, at) => {
        const before = scene.summary;
        const texts = () => [scene.file('open_loops.json'), scene.file('open_loops.json.rejected')];
        assert.ok(texts().includes(nonsense), `killed at ${at}`);
        await scene.start().sync();
        assert.equal(scene.file('open_loops.json.rejected'), nonsense);
        assert.equal(scene.file('open_loops.json.rejected-2'), '');
        assert.match(scene.file('open_loops.json'), /"One"/);
        assert.deepEqual(scene.summary, before);
      },
    );
  });

  it('[F5] killed at any step of the morning, yesterday is in the archive once and today begins', async () => {
    let yesterday = '';
    await killEverywhere(
      (scene) => scene.start().interaction(NINE + DAY),
      (scene) => {
        yesterday = scene.file('now.md').replace('Focus:', 'Focus: parser');
        scene.edit('now.md', () => yesterday);
      },
      async (scene, at) => {
        await scene.start().interaction(NINE + DAY);
        await scene.start().sync();
        const archive = path.join(scene.world.folder, 'archive');
        const names = await scene.disk.list(archive);
        assert.deepEqual(names, ['now-2025-11-05.md'], `killed at ${at}`);
        assert.equal(scene.file('archive/now-2025-11-05.md'), yesterday);
        assert.match(scene.file('now.md'), /^# Thursday 6 November 2025\n\nFocus:\n/);
      },
    );
  });

  it('[F5] killed while it makes the folder or moves into it, it goes on', async () => {
    for (let steps = 0, killed = true; killed; steps++) {
      const world = await World.make();
      await using _world = world;
      const disk = new MemoryDisk();
      const fuse = new Fuse();
      disk.beforeChange = fuse.burn;
      const start = () => world.start({ disk, mind: fused(world.mind, fuse) });
      world.open('One');
      Object.assign(world.workspace, { trusted: false });
      await start().ensureFolder();
      await start().sync();
      const data = path.join(world.data, 'workspaces', world.workspace.id);
      const text = disk.text(path.join(data, 'open_loops.json')) ?? '';
      disk.files.set(path.join(data, 'open_loops.json'), Buffer.from(text.replace('"One"', '"Uno"')));
      Object.assign(world.workspace, { trusted: true });
      fuse.left = steps;
      try {
        await start().ensureFolder();
        await start().sync();
        killed = false;
      } catch (error) {
        assert.equal((error as Error).message, 'killed');
      }
      fuse.left = Number.POSITIVE_INFINITY;
      await start().ensureFolder();
      await start().sync();
      assert.match(disk.text(world.file('open_loops.json')) ?? '', /"Uno"/, `killed at ${steps}`);
      assert.match(disk.text(world.file('.gitignore')) ?? '', /made-by/);
      assert.ok(disk.text(world.file('tuning.md')));
    }
  });
});
