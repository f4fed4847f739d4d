import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import type { WheelReport } from '../../../companion/protocol/index.ts';
import { FAILS, PASSES, WheelWorld, write } from './world.ts';

describe('a run', function () {
  this.timeout(60_000);

  it('[A2] is rehearsed on a copy, previewed, done after a yes, verified and reported; the undo window closes and trust hears of it once', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const run = await w.previewed({
      steps: [
        write('a.txt', 'one\n2\nthree\n'),
        write('src/new.txt', 'new\n'),
        {
          tool: 'command',
          argv: ['node', '-e', 'require("fs").appendFileSync("src/b.txt", "more\\n")'],
          folder: '',
          purpose: 'x',
        },
      ],
      verify: PASSES,
    });
    assert.deepEqual(w.tree(), before);
    assert.deepEqual([run.files, run.additions, run.deletions], [3, 4, 1]);
    assert.deepEqual(
      run.steps.map(({ status }) => status),
      ['rehearsed', 'rehearsed', 'rehearsed'],
    );
    assert.equal(w.parts.rehearsals.open, 0);
    const preview = await w.wheel.preview(run.id, 'socket');
    assert.deepEqual(preview.commands, [PASSES]);
    assert.deepEqual(
      preview.files.map(({ path: file, kind, additions, deletions }) => [file, kind, additions, deletions]),
      [
        ['a.txt', 'changed', 2, 1],
        ['src/b.txt', 'changed', 1, 0],
        ['src/new.txt', 'added', 1, 0],
      ],
    );
    assert.deepEqual(await w.wheel.file(run.id, 'src/b.txt'), {
      before: { text: 'beta\n', binary: false },
      after: { text: 'beta\nmore\n', binary: false },
    });
    await w.yes(run);
    const done = await w.until(run.id, 'done');
    assert.equal(w.read('a.txt'), 'one\n2\nthree\n');
    assert.equal(w.read('src/b.txt'), 'beta\nmore\n');
    const report = done.report as WheelReport;
    assert.equal(report.done, 'Do what is given (3 files: a.txt, src/b.txt, src/new.txt)');
    assert.match(report.verified, /^node -e .*: 3 passed in [\d.]+ s$/);
    assert.match(report.containment!, /not contained/);
    assert.deepEqual(w.events('wheel.settled'), []);
    assert.equal(done.undoUntil, w.clock.now() + 60 * 60_000);
    w.clock.advance(60 * 60_000 + 1);
    const kept = await w.until(run.id, 'kept');
    assert.equal(kept.undoUntil, null);
    assert.deepEqual(
      w.events('wheel.settled').map(({ data }) => data),
      [{ recipe: 'given', outcome: 'success', verified: true, changedFiles: 3 }],
    );
    await w.again();
    w.clock.advance(24 * 60 * 60_000);
    assert.equal(w.events('wheel.settled').length, 1);
    assert.deepEqual(w.held, []);
    assert.ok(!JSON.stringify(w.events('wheel.changed')).includes('Do what'));
    assert.ok(w.parts.audit.rows.some(({ act, real }) => act === 'write' && real));
  });

  it('undo takes all of it back, the marks of the verification and the branch too; what the user changed since stays and is told', async () => {
    await using w = await WheelWorld.make();
    const [before, refs] = [w.tree(), w.refs()];
    const verify = [
      'node',
      '-e',
      'const fs = require("fs"); fs.mkdirSync("cache"); fs.writeFileSync("cache/x", "1"); fs.writeFileSync("report.txt", "1")',
    ];
    const done = await w.done({
      steps: [
        write('a.txt', 'changed\n'),
        write('src/new.txt', 'n'),
        { tool: 'branch', name: 'fix/it' },
        { tool: 'commit', message: 'fix: it' },
      ],
      verify,
    });
    assert.match(done.report!.where, /^fix\/it, committed as [0-9a-f]{7}$/);
    assert.equal(w.repository.run('log', '-1', '--format=%s'), 'fix: it');
    const undone = await w.wheel.undo(done.id, null);
    assert.equal(undone.status, 'undone');
    assert.deepEqual(undone.conflicts, []);
    assert.deepEqual(w.tree(), before);
    assert.equal(w.refs(), refs);
    assert.equal(w.events('wheel.settled')[0]!.data.outcome, 'undone');

    const second = await w.done({ steps: [write('a.txt', 'changed\n'), write('src/b.txt', 'B\n')] });
    w.edit('a.txt', 'by hand\n');
    const { conflicts } = await w.wheel.undo(second.id, null);
    assert.deepEqual(
      conflicts.map((each) => each.path),
      ['a.txt'],
    );
    assert.deepEqual([w.read('a.txt'), w.read('src/b.txt')], ['by hand\n', 'beta\n']);
    await assert.rejects(w.wheel.undo(second.id, null), { code: 'conflict' });
  });

  it('only accepted files are written, and the report names what was left out; one file is undone by itself', async () => {
    await using w = await WheelWorld.make();
    const { id } = await w.previewed({
      steps: [
        write('a.txt', 'A\n'),
        { tool: 'move', from: 'src/b.txt', to: 'src/c.txt' },
        write('no.txt', 'n'),
      ],
    });
    await assert.rejects(w.yes({ id }, ['b.txt']), { code: 'conflict' });
    await assert.rejects(w.yes({ id }, []), { code: 'conflict' });
    await w.yes({ id }, ['a.txt', 'src/c.txt']);
    const done = await w.until(id, 'done');
    assert.match(done.report!.done, /Left out, as you chose: 1 file: no\.txt$/);
    assert.deepEqual([w.has('no.txt'), w.has('src/b.txt'), w.read('src/c.txt')], [false, false, 'beta\n']);
    const partly = await w.wheel.undo(id, ['src/c.txt']);
    assert.equal(partly.status, 'done');
    assert.deepEqual([w.read('src/b.txt'), w.has('src/c.txt'), w.read('a.txt')], ['beta\n', false, 'A\n']);
    assert.equal((await w.wheel.undo(id, ['a.txt'])).status, 'undone');
    assert.equal(w.events('wheel.settled').length, 1);
  });

  it('[A5] a failed verification takes everything back by itself, shows the last lines, and counts as a failure', async () => {
    await using w = await WheelWorld.make();
    const [before, refs] = [w.tree(), w.refs()];
    const verify = ['node', '-e', `require("fs").writeFileSync("left.log", "x"); ${FAILS[2]}`];
    const run = await w.done({
      steps: [
        write('a.txt', 'A\n'),
        write('deep/er/new.txt', 'n'),
        { tool: 'branch', name: 'x' },
        { tool: 'open_loop', title: 'look', context: '' },
      ],
      verify,
    });
    assert.equal(run.status, 'rolled_back');
    assert.match(run.report!.verified, /failed with code 1 after .*:\n1 failed: queue\.test$/);
    assert.match(run.report!.done, /^Nothing of it stays, because its verification failed\. Put back: /);
    assert.deepEqual(w.tree(), before);
    assert.equal(w.refs(), refs);
    assert.deepEqual(w.loops, ['dropped']);
    assert.deepEqual(
      w.events('wheel.settled').map(({ data }) => data.outcome),
      ['failure'],
    );
  });

  it('what the user is known to have saved while it was verified is not taken back, and told', async () => {
    let saved = new Set<string>();
    await using w = await WheelWorld.make({ saved: () => saved });
    saved = new Set(['src/b.txt']);
    const verify = [
      'node',
      '-e',
      'require("fs").writeFileSync("src/b.txt", "mine\\n"); require("fs").writeFileSync("mark", ""); process.exit(3)',
    ];
    const run = await w.done({ steps: [write('a.txt', 'A\n')], verify });
    assert.equal(run.status, 'rolled_back');
    assert.deepEqual([w.read('a.txt'), w.read('src/b.txt'), w.has('mark')], ['one\ntwo\n', 'mine\n', false]);
    assert.deepEqual(
      run.report!.review.map(({ file }) => file),
      ['src/b.txt', null],
    );
  });

  it('a folder that changed since the preview: nothing is written', async () => {
    await using w = await WheelWorld.make();
    const { id } = await w.previewed({ steps: [write('a.txt', 'A\n'), write('src/b.txt', 'B\n')] });
    w.edit('src/b.txt', 'mine\n');
    await w.yes({ id });
    const run = await w.until(id, 'outdated');
    assert.deepEqual([w.read('a.txt'), w.read('src/b.txt')], ['one\ntwo\n', 'mine\n']);
    assert.deepEqual(
      run.conflicts.map((each) => each.path),
      ['src/b.txt'],
    );
    assert.deepEqual(w.events('wheel.settled'), []);
  });

  it('what asks for too much is refused step by step, with the reasons; of an agent it is a breach, of a person none', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    const steps = [write('.env', 'x'), write('a.txt', 'A'), write('id_rsa', 'x')];
    for (const [by, outcomes] of [
      ['person', []],
      ['agent', ['breach']],
    ] as const) {
      const run = await w.until((await w.propose({ steps, by })).id, 'refused');
      assert.deepEqual(
        run.steps.map(({ status }) => status),
        ['refused', 'waiting', 'refused'],
      );
      assert.equal(run.report!.review.length, 2);
      assert.match(run.reason!, /^Nobody may: write\. So are 1 other step\.$/);
      assert.deepEqual(
        w.events('wheel.settled').map(({ data }) => data.outcome),
        outcomes,
      );
    }
    assert.deepEqual(w.tree(), before);
  });

  it('leave that is withdrawn while it runs stops the next step, and takes back those before', async () => {
    await using w = await WheelWorld.make();
    const before = w.tree();
    w.parts.authority.ask = (what) => {
      if (what === 'branch' && w.read('a.txt') === 'A') w.parts.authority.trusted = false;
    };
    const { id } = await w.previewed({ steps: [write('a.txt', 'A'), { tool: 'branch', name: 'x' }] });
    await w.yes({ id });
    const run = await w.until(id, 'rolled_back');
    assert.match(run.reason!, /leave for the next step was refused: The folder is not trusted/);
    assert.deepEqual(w.tree(), before);
    assert.deepEqual(w.events('wheel.settled'), []);
  });

  it('too many files are refused; nothing to do, a patch that does not fit and a program that is not there are told', async () => {
    await using w = await WheelWorld.make();
    w.settings.maxFiles = 1;
    const ended = async (steps: Parameters<typeof w.propose>[0]['steps']) =>
      (await w.until((await w.propose({ steps })).id, 'refused', 'failed')).reason;
    assert.match(
      (await ended([write('a.txt', ''), write('x', '')]))!,
      /would change 2 files, and a run changes 1 at most/,
    );
    assert.equal(await ended([write('a.txt', 'one\ntwo\n')]), 'It would change nothing.');
    const diff = '--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n one\n-three\n+four\n';
    assert.match((await ended([{ tool: 'patch', diff }]))!, /^The patch does not fit a\.txt/);
    const argv = ['no-such-program-of-ours'];
    assert.match(
      (await ended([{ tool: 'command', argv, folder: '', purpose: '' }]))!,
      /could not be started/,
    );
    assert.match((await ended([write('../x', '')]))!, /no path inside the folder/);
    assert.match((await ended([{ tool: 'delete', path: 'nothing' }]))!, /There is no nothing/);
    assert.equal(w.parts.rehearsals.open, 0);
  });

  it('patches, renames, moves, modes and links are carried out on the copy', async () => {
    await using w = await WheelWorld.make();
    w.repository.commit({
      'src/use.ts': 'import { delta } from "./b";\ndelta();\n',
      'src/b.ts': 'export const delta = 1;\n',
    });
    chmodSync(path.join(w.root, 'a.txt'), 0o755);
    const diff = [
      'diff --git a/a.txt b/renamed.txt',
      'similarity index 50%',
      'rename from a.txt',
      'rename to renamed.txt',
      '--- a/a.txt',
      '+++ b/renamed.txt',
      '@@ -1,2 +1,2 @@',
      ' one',
      '-two',
      '+2',
      'diff --git a/fresh.sh b/fresh.sh',
      'new file mode 100755',
      '--- /dev/null',
      '+++ b/fresh.sh',
      '@@ -0,0 +1 @@',
      '+echo',
      'diff --git a/src/b.txt b/src/b.txt',
      'deleted file mode 100644',
      '--- a/src/b.txt',
      '+++ /dev/null',
      '@@ -1 +0,0 @@',
      '-beta',
      '',
    ].join('\n');
    const done = await w.done({
      steps: [
        { tool: 'rename', path: 'src/b.ts', line: 1, column: 14, to: 'gamma' },
        { tool: 'patch', diff },
        { tool: 'move_file', from: 'src/use.ts', to: 'src/used.ts' },
      ],
    });
    assert.equal(done.status, 'done');
    // A page can go on showing what was done, and offer to undo some of it.
    assert.equal((await w.wheel.preview(done.id, null)).digest, done.digest);
    const tree = w.tree();
    assert.equal(tree['renamed.txt'], '755 one\n2\n');
    assert.equal(tree['fresh.sh'], '755 echo\n');
    assert.equal(tree['src/used.ts'], '644 import { gamma } from "./b";\ngamma();\n');
    assert.equal(tree['src/b.ts'], '644 export const gamma = 1;\n');
    assert.ok(!('src/b.txt' in tree) && !('a.txt' in tree) && !('src/use.ts' in tree));
  });

  it('one run acts in a folder at a time; several previews may wait, and expire', async () => {
    await using w = await WheelWorld.make();
    const slow = ['node', '-e', 'setTimeout(() => {}, 700)'];
    const first = await w.previewed({ steps: [write('x', '1')], verify: slow });
    const second = await w.previewed({ steps: [write('y', '1')] });
    await w.yes(first);
    await w.until(first.id, 'verifying');
    await assert.rejects(w.yes(second), /Another run is at work/);
    assert.equal(w.wheel.pulse()?.run, first.id);
    await w.until(first.id, 'done');
    w.clock.advance(61 * 60_000);
    assert.equal(w.wheel.get(second.id).status, 'expired');
    await assert.rejects(w.yes(second), { code: 'conflict' });
    assert.deepEqual(
      w.events('wheel.settled').map(({ data }) => data.outcome),
      ['success'],
    );
  });

  it('a folder that is forgotten: what is at work ends, and no byte of its runs stays', async () => {
    await using w = await WheelWorld.make();
    const { id } = await w.previewed({
      steps: [write('x', '1')],
      verify: ['node', '-e', 'setTimeout(() => {}, 60000)'],
    });
    await w.previewed({ steps: [write('y', 'secret')] });
    await w.yes({ id });
    await w.until(id, 'verifying');
    await w.wheel.forget('ws_1');
    assert.equal(w.wheel.get(id).status, 'rolled_back');
    assert.equal(w.has('x'), false);
    assert.deepEqual(w.held, []);
  });

  it('is proposed only where it can be: recipe, options, settings, number', async () => {
    await using w = await WheelWorld.make();
    const origin = { by: 'person', name: 'test' } as const;
    const ask = (recipe: string, options = {}) =>
      w.wheel.propose({ workspace: w.root, recipe, options }, origin);
    await assert.rejects(ask('none'), { code: 'not_found' });
    await assert.rejects(ask('given'), {
      code: 'bad_input',
      message: /expected an answer to "Which steps\?"/,
    });
    w.settings.on = false;
    await assert.rejects(w.propose({ steps: [] }), { code: 'conflict', message: /wheel\.on/ });
    w.settings.on = true;
    for (let i = 0; i < 20; i++)
      await w.previewed({ steps: [{ tool: 'open_loop', title: `${i}`, context: '' }] });
    await assert.rejects(w.propose({ steps: [] }), { code: 'conflict', message: /20 runs wait/ });
    assert.equal(w.wheel.list(w.root, 5).length, 5);
    await assert.rejects(async () => w.wheel.get('run_none'), { code: 'not_found' });
  });
});
