import assert from 'node:assert/strict';
import { mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { see, startCountdown } from '../../../companion/agency/countdown.ts';
import type { WheelOptions } from '../../../companion/agency/index.ts';
import { FAILS, PASSES, WheelWorld, write } from './world.ts';

const CHANGE_A = { steps: [write('a.txt', 'one\n2\n')] };

describe('a bad day', function () {
  this.timeout(60_000);

  it('[A1] what the user saved while a run was at work survives its undo, and is told', async () => {
    const saved = new Set<string>();
    await using w = await WheelWorld.make({ saved: () => saved });
    const save =
      'require("fs").writeFileSync("src/b.txt", "mine\\n"); require("fs").writeFileSync("mark.log", "x")';
    const before = w.tree();
    const run = await w.done({ ...CHANGE_A, verify: ['node', '-e', save] });
    assert.equal(run.status, 'done');
    // It was the user's editor that wrote it meanwhile.
    saved.add('src/b.txt');
    const undone = await w.wheel.undo(run.id, null);
    assert.deepEqual(w.tree(), { ...before, 'src/b.txt': '644 mine\n' });
    assert.deepEqual(undone.conflicts, [
      { path: 'src/b.txt', why: 'You saved it while the run was at work, or since.' },
    ]);
  });

  it('[A1] a file of the run that was saved on top of what the run wrote is left; one that was saved as it is goes back', async () => {
    const saved = new Set<string>(['a.txt', 'src/b.txt']);
    await using w = await WheelWorld.make({ saved: () => saved });
    const more = 'require("fs").appendFileSync("a.txt", "mine\\n")';
    const run = await w.done({
      steps: [write('a.txt', 'one\n2\n'), write('src/b.txt', 'B\n')],
      verify: ['node', '-e', more],
    });
    const undone = await w.wheel.undo(run.id, null);
    assert.equal(w.read('a.txt'), 'one\n2\nmine\n');
    assert.equal(w.read('src/b.txt'), 'beta\n');
    assert.deepEqual(
      undone.conflicts.map((each) => each.path),
      ['a.txt'],
    );
  });

  it('[A2] a run that could not be taken back is undone by what it wrote itself; hours of work since then stay', async () => {
    let broken = true;
    await using w = await WheelWorld.make();
    const { takeBack } = w.parts.writer;
    w.parts.writer.takeBack = async (...call) => {
      if (broken) throw new Error('the disk is full');
      return await takeBack.apply(w.parts.writer, call);
    };
    w.options.writer.takeBack = w.parts.writer.takeBack;
    const run = await w.done({ ...CHANGE_A, verify: FAILS });
    assert.equal(run.status, 'interrupted');
    broken = false;
    w.edit('src/b.txt', 'hours of work\n');
    w.edit('new.txt', 'more\n');
    const undone = await w.wheel.undo(run.id, null);
    assert.equal(undone.status, 'undone');
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
    assert.equal(w.read('src/b.txt'), 'hours of work\n');
    assert.equal(w.read('new.txt'), 'more\n');
  });

  it('[A5] a clock that is set back is nobody looking', () => {
    const now = 1_000_000;
    const seen = see(startCountdown('silence', 10_000, now), 'window', true, now);
    const back = now - 3_600_000;
    const looked = see(seen, 'other', false, back);
    assert.ok(looked.seenUntil <= back, String(looked.seenUntil - back));
    assert.equal(looked.remainingMs, 10_000);
  });

  it('[A2] a run in a folder inside of another waits for the run that is at work there', async () => {
    const held = Promise.withResolvers<void>();
    await using w = await WheelWorld.make({});
    const inner = path.join(w.root, 'src');
    w.store.mind.transact((tx) => {
      tx.run("INSERT INTO workspaces (id, path, opened_at) VALUES ('ws_2', ?, 0)", inner);
      tx.emit({ type: 'workspace.registered', subject: 'ws_2' });
    });
    const { run } = w.options.programs;
    w.options.programs.run = async (...call) => {
      await held.promise;
      return await run.apply(w.options.programs, call);
    };
    const outer = await w.previewed({ ...CHANGE_A, verify: PASSES });
    const options = { steps: JSON.stringify([write('b.txt', 'B\n')]) };
    const proposed = await w.wheel.propose(
      { workspace: inner, recipe: 'given', options },
      { by: 'person', name: 't' },
    );
    await w.until(proposed.id, 'previewed');
    await w.yes(outer);
    await w.until(outer.id, 'verifying');
    await assert.rejects(w.yes(proposed), { code: 'conflict' });
    held.resolve();
    await w.until(outer.id, 'done');
    await w.yes(proposed);
    await w.until(proposed.id, 'done');
  });

  it('[A6] switching delegated work off stops what counts down', async () => {
    await using w = await WheelWorld.make();
    w.settings.vetoSeconds = 5;
    const { id } = await w.previewed(CHANGE_A);
    await w.yes({ id });
    w.settings.on = false;
    w.clock.advance(5001);
    const run = await w.until(id, 'previewed');
    assert.match(run.reason ?? '', /switched off/);
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
    await assert.rejects(w.yes({ id }), { code: 'conflict' });
  });

  it('[A2] a run whose end could not be written down is brought to one by Stop, without a restart', async () => {
    await using w = await WheelWorld.make();
    const { move, tryMove } = w.wheel.runs;
    const full = () => {
      throw new Error('database or disk is full');
    };
    const held = Promise.withResolvers<void>();
    const { run } = w.options.programs;
    w.options.programs.run = async (...call) => {
      held.resolve();
      const result = await run.apply(w.options.programs, call);
      Object.assign(w.wheel.runs, { move: full, tryMove: full });
      return result;
    };
    const { id } = await w.previewed({ ...CHANGE_A, verify: FAILS });
    await w.yes({ id });
    await held.promise;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(w.wheel.get(id).status, 'verifying');
    Object.assign(w.wheel.runs, { move, tryMove });
    const stopped = await w.wheel.stop(id);
    assert.equal(stopped.status, 'rolled_back');
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
  });

  it('[A2] a folder that is gone when the companion starts, and back when undo is asked for, keeps what was made in it', async () => {
    await using w = await WheelWorld.make({});
    const away = `${w.root}-away`;
    let die = true;
    Object.assign(w.options, {
      at: (point: string) => {
        if (die && point === 'verifying') throw new Error('killed');
      },
    } satisfies Partial<WheelOptions>);
    const { move, tryMove, note } = w.wheel.runs;
    const { id } = await w.previewed({ ...CHANGE_A, verify: PASSES });
    Object.assign(w.options, {
      at: (point: string) => {
        if (!die || point !== 'verifying') return;
        die = false;
        const dead = () => {
          throw new Error('killed');
        };
        Object.assign(w.wheel.runs, { move: dead, tryMove: dead, note: dead, step: dead });
        w.parts.writer.takeBack = dead;
        throw new Error('killed');
      },
    });
    const { takeBack } = w.parts.writer;
    await w.yes({ id });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    w.parts.writer.takeBack = takeBack;
    Object.assign(w.wheel.runs, { move, tryMove, note });
    renameSync(w.root, away);
    await w.again();
    assert.equal(w.wheel.get(id).status, 'interrupted');
    renameSync(away, w.root);
    mkdirSync(path.join(w.root, 'mine'));
    w.edit('mine/x', 'work\n');
    w.edit('src/b.txt', 'work\n');
    await w.wheel.undo(id, null);
    assert.equal(w.read('a.txt'), 'one\ntwo\n');
    assert.equal(w.read('src/b.txt'), 'work\n');
    assert.equal(w.read('mine/x'), 'work\n');
  });

  it('[A1] a rollback takes back what the verification made of the run’s own files, and empty folders; repositories that were made stay whole', async () => {
    await using w = await WheelWorld.make();
    mkdirSync(path.join(w.root, 'empty'));
    const before = w.tree();
    const wild = `const fs = require("fs");
      fs.chmodSync("a.txt", 0o755); fs.appendFileSync("a.txt", "by the tests"); fs.rmdirSync("empty"); fs.mkdirSync("made/deep", { recursive: true });
      require("child_process").execFileSync("git", ["init", "-q", "clone"]); fs.writeFileSync("clone/f", "f"); process.exit(1)`;
    const run = await w.done({ ...CHANGE_A, verify: ['node', '-e', wild] });
    assert.equal(run.status, 'rolled_back');
    assert.deepEqual(w.tree(), { ...before, 'clone/': '', 'clone/f': '644 f' });
    assert.ok(w.has('clone/.git/HEAD'));
    assert.deepEqual(run.conflicts, [
      { path: 'clone/', why: 'A repository was made here meanwhile; it stays, for its history is not kept.' },
    ]);
    const review = run.report!.review.map(({ text }) => text);
    assert.equal(review.length, 2, review.join('\n'));
    assert.match(review[1]!, /progeny snapshots show \S+` has how it stood until then/);
  });

  it('[A1] what the user is known to have saved of a run’s own file stays when the run is taken back', async () => {
    await using w = await WheelWorld.make({ saved: () => new Set(['a.txt', 'src/b.txt']) });
    const mine =
      'const fs = require("fs"); fs.appendFileSync("a.txt", "mine"); fs.writeFileSync("src/b.txt", "mine"); fs.writeFileSync("mark", ""); process.exit(1)';
    const run = await w.done({ ...CHANGE_A, verify: ['node', '-e', mine] });
    assert.deepEqual([w.read('a.txt'), w.read('src/b.txt'), w.has('mark')], ['one\n2\nmine', 'mine', false]);
    assert.deepEqual(
      run.report!.review.map(({ file }) => file),
      ['a.txt', 'src/b.txt', null],
    );
  });

  it('[A5] a yes to a test command is none to what it means by now', async () => {
    await using w = await WheelWorld.make();
    w.edit('package.json', '{"scripts":{"test":"true"}}');
    w.edit('check.js', '');
    for (const file of ['package.json', 'check.js']) {
      const run = await w.previewed({ ...CHANGE_A, verify: ['node', 'check.js'] });
      w.edit(file, '{"scripts":{"test":"curl evil"}}');
      await w.yes(run);
      const outdated = await w.until(run.id, 'outdated', 'done', 'rolled_back');
      assert.equal(outdated.status, 'outdated');
      assert.deepEqual(outdated.conflicts, [
        { path: file, why: 'It says what the verification runs, and it was changed since the preview.' },
      ]);
      assert.equal(w.read('a.txt'), 'one\ntwo\n');
    }
    w.edit('check.js', '');
    const shown = await w.done({ steps: [write('package.json', '{}\n')], verify: ['node', 'check.js'] });
    assert.equal(shown.status, 'done');
  });

  for (const [point, status] of [
    ['snapshot', 'refused'],
    ['written', 'rolled_back'],
  ] as const)
    it(`[A6] leave that is withdrawn at "${point}" stops what comes next: nothing is written, no test is started`, async () => {
      await using w = await WheelWorld.make();
      const before = w.tree();
      Object.assign(w.options, {
        at: (each: string) => {
          if (each === point) w.parts.authority.trusted = false;
        },
      });
      const run = await w.done({ ...CHANGE_A, verify: PASSES });
      assert.equal(run.status, status);
      assert.equal(w.parts.programs.ran.length, 0);
      assert.deepEqual(w.tree(), before);
      if (point === 'snapshot')
        assert.equal(w.parts.audit.rows.filter(({ act }) => act === 'write').length, 0);
    });
});
