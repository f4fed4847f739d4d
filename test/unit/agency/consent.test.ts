import assert from 'node:assert/strict';
import type { WheelRun } from '../../../companion/protocol/index.ts';
import { eventually } from '../../support/companion.ts';
import { PASSES, WheelWorld, write } from './world.ts';

const STEPS = { steps: [write('a.txt', 'A\n')] };

/** A countdown whose silence is consent, of a preview that a connection was shown. */
async function counting(w: WheelWorld): Promise<{ id: string; digest: string }> {
  w.parts.authority.silence = true;
  const { id } = await w.propose(STEPS);
  await w.until(id, 'counting');
  const { digest } = await w.wheel.preview(id, 'socket');
  return { id, digest };
}

describe('consent', function () {
  this.timeout(60_000);

  it('[A5] only the connection that was shown exactly this preview says yes; every other try is refused and audited', async () => {
    await using w = await WheelWorld.make();
    const { id } = await w.previewed(STEPS);
    const digest = w.wheel.get(id).digest!;
    const refusals: [string, string | null, string][] = [
      [digest, null, 'forbidden'],
      [digest, 'socket', 'conflict'],
      ['0'.repeat(64), 'socket', 'conflict'],
    ];
    for (const [given, speaker, code] of refusals) {
      await assert.rejects(w.wheel.approve({ id, digest: given }, speaker), { code });
      assert.throws(() => w.wheel.seen({ id, digest: given, visible: true }, speaker), { code });
    }
    await w.wheel.preview(id, 'other socket');
    await w.wheel.preview(id, null);
    await assert.rejects(w.wheel.approve({ id, digest }, 'socket'), { code: 'conflict' });
    assert.equal(w.parts.audit.rows.filter(({ result }) => result === 'refused').length, 7);
    assert.equal(w.wheel.get(id).status, 'previewed');
    await w.yes({ id });
    await w.until(id, 'done');
    await assert.rejects(w.wheel.approve({ id, digest }, 'socket'), { code: 'conflict' });
  });

  it('[A5] after a yes there is a countdown; cancelled during it, nothing is left', async () => {
    await using w = await WheelWorld.make();
    w.settings.vetoSeconds = 5;
    const [before, refs] = [w.tree(), w.refs()];
    const { id } = await w.previewed({ ...STEPS, verify: PASSES });
    const run = await w.yes({ id });
    assert.deepEqual(
      [run.status, run.countdown],
      ['counting', { consent: 'click', remainingMs: 5000, endsAt: w.clock.now() + 5000 }],
    );
    assert.deepEqual(w.wheel.pulse(), { run: id, sentence: 'Do what is given.', status: 'counting' });
    w.clock.advance(4999);
    assert.equal((await w.wheel.stop(id)).status, 'vetoed');
    w.clock.advance(10_000);
    assert.deepEqual([w.tree(), w.refs()], [before, refs]);
    assert.deepEqual(w.events('wheel.settled'), []);
    await eventually(() => w.held.length === 0);
    await assert.rejects(w.wheel.stop(id), { code: 'conflict' });
  });

  it('[A5] without leave for silence no silence acts, however long the preview is looked at', async () => {
    await using w = await WheelWorld.make();
    const { id, reason } = await w.previewed(STEPS);
    assert.equal(reason, 'You did not grant silence for this.');
    const { digest } = await w.wheel.preview(id, 'socket');
    for (let s = 0; s < 600; s++) {
      w.wheel.seen({ id, digest, visible: true }, 'socket');
      w.clock.advance(1000);
    }
    assert.equal(w.wheel.get(id).status, 'previewed');
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
  });

  it('[A5] silence counts only while the countdown is in sight, to the end', async () => {
    await using w = await WheelWorld.make();
    const { id, digest } = await counting(w);
    const left = () => w.wheel.get(id).countdown as NonNullable<WheelRun['countdown']>;
    w.clock.advance(120_000);
    assert.deepEqual(left(), { consent: 'silence', remainingMs: 30_000, endsAt: null });
    w.wheel.seen({ id, digest, visible: true }, 'socket');
    assert.equal(left().endsAt, w.clock.now() + 30_000);
    // A second is heard of, the rest is out of sight.
    w.clock.advance(1000);
    w.wheel.seen({ id, digest, visible: false }, 'socket');
    w.clock.advance(600_000);
    assert.deepEqual(left(), { consent: 'silence', remainingMs: 29_000, endsAt: null });
    // A window that dies without a word is believed for a second and a half.
    w.wheel.seen({ id, digest, visible: true }, 'socket');
    w.clock.advance(600_000);
    assert.deepEqual(left(), { consent: 'silence', remainingMs: 27_500, endsAt: null });
    // Another window that does not show it says nothing about the one that does.
    await w.wheel.preview(id, 'other');
    for (let s = 0; s < 27; s++) {
      w.wheel.seen({ id, digest, visible: true }, 'socket');
      w.wheel.seen({ id, digest, visible: false }, 'other');
      w.clock.advance(1000);
    }
    assert.deepEqual([left().remainingMs, w.read('a.txt')], [500, 'one\ntwo\n']);
    w.wheel.seen({ id, digest, visible: true }, 'socket');
    w.clock.advance(500);
    await w.until(id, 'done');
    assert.equal(w.read('a.txt'), 'A\n');
    assert.ok(w.parts.audit.rows.some(({ act, result }) => act === 'began' && result === 'silence'));
  });

  it('[A5] leave for silence is asked for again at the end: gone, it waits for a click', async () => {
    await using w = await WheelWorld.make();
    const { id, digest } = await counting(w);
    for (let s = 0; s < 29; s++) {
      w.wheel.seen({ id, digest, visible: true }, 'socket');
      w.clock.advance(1000);
    }
    w.parts.authority.silence = false;
    w.wheel.seen({ id, digest, visible: true }, 'socket');
    w.clock.advance(1000);
    const run = await w.until(id, 'previewed');
    assert.equal(run.reason, 'You did not grant silence for this.');
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
    await w.yes({ id });
    await w.until(id, 'done');
  });

  it('[A5] a silence that nobody sees expires with its preview', async () => {
    await using w = await WheelWorld.make();
    const { id } = await counting(w);
    w.clock.advance(60 * 60_000 + 1);
    assert.equal(w.wheel.get(id).status, 'expired');
  });

  it('[A5] Stop during a long command ends all of its processes within a second and takes everything back', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const script = `
      const { spawn } = require('child_process');
      require('fs').writeFileSync('mark', String(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid));
      setInterval(() => {}, 1000);`;
    const { id } = await w.previewed({ ...STEPS, verify: ['node', '-e', script] });
    await w.yes({ id });
    await w.until(id, 'verifying');
    const grandchild = await eventually(() => (w.has('mark') ? Number(w.read('mark')) : 0) || null);
    const began = performance.now();
    const run = await w.wheel.stop(id);
    const took = performance.now() - began;
    assert.equal(run.status, 'rolled_back');
    assert.match(run.reason!, /because you stopped it/);
    assert.deepEqual(w.tree(), before);
    // Killed, though perhaps not waited for by whoever adopted it.
    await eventually(() => {
      try {
        process.kill(grandchild, 0);
        return false;
      } catch {
        return true;
      }
    }, 5000);
    console.log(`      ended and taken back in ${Math.round(took)} ms`);
    assert.ok(took < 1000, `it took ${took} ms`);
    assert.deepEqual(
      w.events('wheel.settled').map(({ data }) => data.outcome),
      ['undone'],
    );
  });

  it('whoever watches sees each state until it is settled', async () => {
    await using w = await WheelWorld.make();
    const { id } = await w.propose(STEPS);
    const seen: string[] = [];
    const watching = (async () => {
      for await (const { status } of w.wheel.watch(id)) if (seen.at(-1) !== status) seen.push(status);
    })();
    await w.until(id, 'previewed');
    await w.yes({ id });
    await w.until(id, 'done');
    w.wheel.keep(id);
    await watching;
    assert.deepEqual([seen[0], seen.at(-2), seen.at(-1)], ['planning', 'done', 'kept']);
  });

  it('programs that are not even rehearsed without a yes are shown first; what they change is shown next, and asked for again', async () => {
    await using w = await WheelWorld.make();
    w.parts.authority.clickForPrograms = true;
    const [tried, fixer] = ['"tried"', 'require("fs").writeFileSync("a.txt", "fixed\\n")'].map((code) => [
      'node',
      '-e',
      code,
    ]);
    const { id } = await w.propose({
      steps: [{ tool: 'command', argv: fixer!, folder: '', purpose: 'fix' }],
      tryOut: tried!,
      verify: PASSES,
      by: 'agent',
    });
    const shown: string[][][] = [];
    for (let yes = 0; yes < 2; yes++) {
      const { reason } = await w.until(id, 'previewed');
      assert.equal(reason, 'The command waits for your click.');
      const { commands, files, effects } = await w.wheel.preview(id, 'socket');
      assert.deepEqual(files, []);
      assert.match(effects[0]!, /on a copy of your folder/);
      shown.push(commands);
      const ran = w.parts.programs.ran.length;
      assert.equal(ran, yes);
      await w.yes({ id });
      await eventually(() => w.wheel.get(id).status === 'previewed' && w.parts.programs.ran.length > ran);
    }
    assert.deepEqual(shown, [[tried], [tried, fixer]]);
    const preview = await w.wheel.preview(id, 'socket');
    assert.deepEqual([preview.files.map(({ path }) => path), preview.commands], [['a.txt'], [PASSES]]);
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
    await w.yes({ id });
    await w.until(id, 'done');
    assert.equal(w.read('a.txt'), 'fixed\n');
  });

  it('a program that was not shown is not covered by the yes to others', async () => {
    await using w = await WheelWorld.make();
    w.parts.authority.clickForPrograms = true;
    const argv = ['node', '-e', '1'];
    const { id } = await w.previewed({
      steps: [{ tool: 'command', argv, folder: '', purpose: '' }],
      tryOut: ['node', '-e', '0'],
    });
    await w.yes({ id });
    await eventually(() => w.wheel.get(id).status === 'previewed' && w.parts.programs.ran.length === 1);
    assert.deepEqual(
      w.parts.programs.ran.map((program) => program.argv),
      [['node', '-e', '0']],
    );
    assert.equal((await w.wheel.stop(id)).status, 'vetoed');
  });

  it('a contested run names the vote of the council, and waits for a person all the same', async () => {
    const asked: number[] = [];
    await using w = await WheelWorld.make({
      contested: async ({ deleted }) => {
        asked.push(deleted);
        return 'proposal_1';
      },
    });
    const run = await w.previewed({ steps: [{ tool: 'delete', path: 'a.txt' }], by: 'agent' });
    assert.deepEqual([run.proposal, asked, w.has('a.txt')], ['proposal_1', [1], true]);
  });
});
