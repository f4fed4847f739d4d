import assert from 'node:assert/strict';
import { renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { WheelWorld, write } from './world.ts';

const STEPS = [write('a.txt', 'A\n'), write('new.txt', 'n')];

/** A run that was killed after all was done, before it was reported. */
async function killed(
  w: WheelWorld,
  steps: Parameters<WheelWorld['done']>[0]['steps'] = STEPS,
): Promise<string> {
  const { id } = await w.done({ steps });
  w.store.mind.record((writer) =>
    writer.run(
      "UPDATE wheel_runs SET status = 'acting', after_snapshot = NULL, report = NULL, undo_until = NULL WHERE id = ?",
      id,
    ),
  );
  return id;
}

describe('a run that a killed process left', function () {
  this.timeout(60_000);

  it('[A2] is taken back where all of it is its own, with what else changed listed and left', async () => {
    await using w = await WheelWorld.make();
    const [before, refs] = [w.tree(), w.refs()];
    const id = await killed(w, [
      ...STEPS,
      { tool: 'branch', name: 'x' },
      { tool: 'open_loop', title: 't', context: '' },
    ]);
    w.edit('src/b.txt', 'mine\n');
    await w.again();
    const run = w.wheel.get(id);
    assert.equal(run.status, 'rolled_back');
    assert.deepEqual(w.tree(), { ...before, 'src/b.txt': before['src/b.txt']!.replace('beta', 'mine') });
    assert.equal(w.refs(), refs);
    assert.deepEqual(w.loops, ['dropped']);
    assert.ok(run.report!.review.some(({ file }) => file === 'src/b.txt'));
    assert.match(run.report!.where, /differ from before \(listed\)$/);
    assert.deepEqual(w.events('wheel.settled'), []);
    await w.again();
    assert.equal(w.wheel.get(id).status, 'rolled_back');
  });

  it('[A2] is interrupted where a file holds something else by now: it says which, and undo puts it back', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const id = await killed(w);
    w.edit('a.txt', 'A\nand mine\n');
    await w.again();
    const run = w.wheel.get(id);
    assert.equal(run.status, 'interrupted');
    assert.deepEqual(
      run.conflicts.map((each) => each.path),
      ['a.txt'],
    );
    assert.equal(w.read('a.txt'), 'A\nand mine\n');
    assert.equal(w.has('new.txt'), false);
    assert.equal(w.wheel.pulse()?.run, id);
    const undone = await w.wheel.undo(id, null);
    assert.equal(undone.status, 'undone');
    assert.deepEqual(w.tree(), before);
    assert.deepEqual(w.events('wheel.settled'), []);
  });

  it('[A2] is interrupted where its bytes are gone, a step on git may or may not have happened, or the folder is gone', async () => {
    await using w = await WheelWorld.make();
    const id = await killed(w);
    rmSync(path.join(w.options.folder, id), { recursive: true });
    await w.again();
    assert.deepEqual(
      w.wheel.get(id).conflicts.map((each) => each.path),
      ['a.txt', 'new.txt'],
    );
    w.wheel.keep(id);
    assert.equal(w.wheel.get(id).status, 'kept');

    const half = await killed(w, [{ tool: 'branch', name: 'y' }]);
    w.store.mind.record((writer) =>
      writer.run("UPDATE wheel_steps SET status = 'running', undo = NULL WHERE run = ?", half),
    );
    await w.again();
    const run = w.wheel.get(half);
    assert.equal(run.status, 'interrupted');
    assert.ok(run.conflicts.some((each) => each.path === '.git/HEAD' && /Makes the branch y/.test(each.why)));
    assert.equal((await w.wheel.undo(half, null)).status, 'undone');
    assert.equal(w.repository.run('symbolic-ref', 'HEAD'), 'refs/heads/main');

    const gone = await killed(w, [write('a.txt', 'B\n')]);
    renameSync(w.root, `${w.root}-elsewhere`);
    await w.again();
    assert.equal(w.wheel.get(gone).status, 'interrupted');
    await assert.rejects(w.wheel.undo(gone, null), { code: 'workspace_gone' });
    renameSync(`${w.root}-elsewhere`, w.root);
    assert.equal((await w.wheel.undo(gone, null)).status, 'undone');
  });

  it('[A2] a preview goes on waiting without the yes that it had; one whose bytes are gone expires; a plan in the making failed', async () => {
    await using w = await WheelWorld.make();
    w.settings.vetoSeconds = 60;
    const waits = await w.previewed({ steps: STEPS });
    const counts = await w.previewed({ steps: STEPS });
    const lost = await w.previewed({ steps: STEPS });
    const plans = await w.previewed({ steps: STEPS });
    await w.yes(counts);
    rmSync(path.join(w.options.folder, lost.id, 'blobs'), { recursive: true });
    w.store.mind.record((writer) =>
      writer.run("UPDATE wheel_runs SET status = 'planning' WHERE id = ?", plans.id),
    );
    await w.again();
    assert.deepEqual(
      [waits, counts, lost, plans].map(({ id }) => w.wheel.get(id).status),
      ['previewed', 'previewed', 'expired', 'failed'],
    );
    await assert.rejects(w.wheel.approve({ id: counts.id, digest: counts.digest! }, 'socket'), {
      code: 'conflict',
    });
    w.settings.vetoSeconds = 0;
    await w.yes(counts);
    await w.until(counts.id, 'done');
    w.clock.advance(61 * 60_000);
    assert.deepEqual([w.wheel.get(waits.id).status, w.wheel.get(counts.id).status], ['expired', 'kept']);
  });

  it('undoing that had begun is finished; an undo window that closed meanwhile is closed', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const { id } = await w.done({ steps: STEPS });
    w.store.mind.record((writer) =>
      writer.run('UPDATE wheel_runs SET undoing = \'{"files":null}\' WHERE id = ?', id),
    );
    await w.again();
    assert.equal(w.wheel.get(id).status, 'undone');
    assert.deepEqual(w.tree(), before);
    const other = await w.done({ steps: STEPS });
    await w.wheel.dispose();
    w.clock.advance(2 * 60 * 60_000);
    await w.again();
    assert.equal(w.wheel.get(other.id).status, 'kept');
    assert.equal(w.events('wheel.settled').filter(({ subject }) => subject === other.id).length, 1);
  });

  it('closing takes back what is at work, and says why', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const { id } = await w.previewed({ steps: STEPS, verify: ['node', '-e', 'setTimeout(() => {}, 60000)'] });
    await w.yes({ id });
    await w.until(id, 'verifying');
    await w.wheel.dispose();
    assert.deepEqual(w.tree(), before);
    await w.again();
    const run = w.wheel.get(id);
    assert.deepEqual(
      [run.status, run.reason],
      ['rolled_back', 'Taken back, because Progeny was closed while it ran.'],
    );
  });
});
