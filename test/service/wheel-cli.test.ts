import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../companion/cli/commands.ts';
import { readArguments, UsageError } from '../../companion/cli/options.ts';
import { ProgenyError } from '../../companion/protocol/index.ts';
import { eventually, progenyScript } from '../support/companion.ts';
import { KEYS, Terminal } from '../support/terminal.ts';
import { type WheelCompanion, wheelCompanion } from '../support/wheel-companion.ts';

const PROGENY = [process.execPath, progenyScript] as const;
const DIGEST = 'sha256:3f9a2c1be07744d2a1f0c9c2';

describe('delegated work, from a terminal', function () {
  this.timeout(60_000);
  let t: WheelCompanion;
  beforeEach(async () => {
    t = await wheelCompanion();
  });
  afterEach(() => t[Symbol.asyncDispose]());

  const inputs = (name: string) =>
    t.companion.calls.filter((call) => call.name === name).map(({ input }) => input);
  const terminal = (...args: string[]) =>
    new Terminal([...PROGENY, 'wheel', ...args], {
      folder: t.data,
      cwd: t.data,
      env: { PROGENY_DATA_DIR: t.data },
    });
  /** Without a terminal: what it prints, and the code it ends with. */
  const piped = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = { ...process.env, PROGENY_DATA_DIR: t.data };
      const [node, ...rest] = [...PROGENY, 'wheel', ...args];
      execFile(node as string, rest, { env, cwd: t.data }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  /** The same, without a process for each; colours are taken away, and nothing else. */
  const progeny = async (...words: string[]) => {
    const { wheel: command } = commands;
    const before = process.exitCode;
    let stdout = '';
    try {
      const args = readArguments(words, command!.options ?? {});
      const json = args.values.json === true;
      const result = (value: unknown, text: () => string) => {
        stdout += `${json ? JSON.stringify(value) : stripped(text())}\n`;
      };
      const output = { json, result, stream() {}, progress() {}, note() {} };
      await command!.run(args, output, t.api);
      return { code: Number(process.exitCode ?? 0), stdout, stderr: '' };
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof ProgenyError)) throw error;
      return { code: error instanceof UsageError ? 2 : 1, stdout, stderr: error.message };
    } finally {
      process.exitCode = before;
    }
  };
  /** The run that the terminal proposed, once it stands so. */
  const proposed = (status: string) =>
    eventually(() => t.wheel.runs.find((run) => run.id === 'run_new0' && run.status === status) ?? null);

  it('[A8] shows the preview, takes a yes, counts down, follows, and reports in four parts', async () => {
    await using it = terminal('do', 'apply_patch', '--option', 'file=a=b.patch');
    await it.see('Fix 14 lint errors in 6 files with eslint --fix.');
    await it.see('-    let task = this.items.shift();');
    await it.see('+    const task = this.items.shift();');
    await it.see(/Runs for real\s+npm test/);
    await it.see(/Undo does not cover\s+data\/big\.sqlite/);
    await it.see(/This preview\s+3f9a2c1b/);
    // The answer that is marked at first is no.
    await it.see(/● No, don’t[\s\S]*○ Yes, exactly this/);
    it.type(`${KEYS.down}${KEYS.enter}`);
    await proposed('counting');
    await it.see(/Starts in [45] s · Ctrl-C: no, don’t/);
    t.wheel.change('run_new0', { status: 'acting', countdown: null });
    await it.see('Under way: Makes the branch fix/lint · Ctrl-C: stop and roll back');
    t.wheel.finish('run_new0');
    await it.see(/Done +Fixed 14 lint errors in 6 files/);
    await it.see(/Where +fix\/lint, not committed/);
    await it.see(/Verified +npm test: 212 passed in 31 s/);
    await it.see(/Review +src\/queue\.ts:57, the fixer removed an unused await/);
    await it.see(/Undo all \(until \d\d:\d\d\): progeny wheel undo run_new0/);
    assert.equal(await it.ended(), 0);
    assert.deepEqual(
      inputs('wheel.propose').map((input) => (input as { options: object }).options),
      [{ file: 'a=b.patch' }],
    );
    assert.deepEqual(inputs('wheel.approve'), [{ id: 'run_new0', digest: DIGEST }]);
  });

  it('[A5] Enter alone is a no, and so is Ctrl-C at the question', async () => {
    for (const key of [KEYS.enter, KEYS.interrupt]) {
      await using it = terminal('do', 'fix_lint');
      await it.see('○ Yes, exactly this');
      it.type(key);
      await it.see('Stopped before it began');
      assert.equal(await it.ended(), 5);
    }
    assert.equal(inputs('wheel.stop').length, 2);
    assert.deepEqual(inputs('wheel.approve'), []);
  });

  it('[A5] Ctrl-C during the countdown is a veto; while it acts, it stops and rolls back', async () => {
    for (const [status, told, code] of [
      ['counting', 'Stopped before it began', 5],
      ['acting', 'You stopped it; it is undone.', 6],
    ] as const) {
      t.wheel.runs = t.wheel.runs.filter(({ id }) => !id.startsWith('run_new'));
      await using it = terminal('do', 'fix_lint');
      await it.see('○ Yes, exactly this');
      it.type(`${KEYS.down}${KEYS.enter}`);
      const { id } = await eventually(() => t.wheel.runs.find((run) => run.status === 'counting') ?? null);
      await it.see('Starts in');
      if (status === 'acting') {
        t.wheel.change(id, { status, countdown: null });
        await it.see('Under way');
      }
      it.type(KEYS.interrupt);
      await it.see(told);
      assert.equal(await it.ended(), code);
    }
  });

  it('takes a yes to some of the files only', async () => {
    await using it = terminal('do', 'fix_lint');
    await it.see('Only some of the files…');
    it.type(`${KEYS.down}${KEYS.down}${KEYS.enter}`);
    await it.see('Which files?');
    it.type(` ${KEYS.enter}`);
    await proposed('counting');
    t.wheel.finish('run_new0');
    assert.equal(await it.ended(), 0);
    assert.deepEqual(inputs('wheel.approve'), [
      {
        id: 'run_new0',
        digest: DIGEST,
        files: [
          'src/import/reader.ts',
          'src/core/scheduler.ts',
          'src/legacy/shim.ts',
          'docs/lint.md',
          'media/mark.png',
        ],
      },
    ]);
  });

  it('says that a preview has changed since, and does nothing', async () => {
    await using it = terminal('do', 'fix_lint');
    await it.see('○ Yes, exactly this');
    t.wheel.previews.run_new0 = { ...t.wheel.previews.run_new0!, digest: 'sha256:another' };
    it.type(`${KEYS.down}${KEYS.enter}`);
    await it.see('The preview has changed since.');
    assert.equal(await it.ended(), 1);
    assert.equal(t.wheel.get('run_new0').status, 'previewed');
  });

  it('[A8] a run whose verification fails tells so, and that it was rolled back', async () => {
    await using it = terminal('do', 'fix_lint');
    await it.see('○ Yes, exactly this');
    it.type(`${KEYS.down}${KEYS.enter}`);
    await proposed('counting');
    const { report, reason } = t.wheel.get('run_back01');
    t.wheel.change('run_new0', { status: 'rolled_back', countdown: null, report, reason });
    await it.see('Taken back. npm test failed, so all of it was undone.');
    await it.see(/Verified +npm test: 3 of 212 failed in 30 s/);
    assert.equal(await it.ended(), 6);
  });

  it('[A6] takes no yes where nobody sits: not from a pipe, not by an option, not as JSON', async () => {
    const alone = await piped('do', 'fix_lint');
    assert.equal(alone.code, 4);
    assert.match(alone.stderr, /a person says yes at the terminal, and here is none/);
    assert.equal((await piped('do', 'fix_lint', '--yes')).code, 2);
    assert.equal((await progeny('do', 'fix_lint', '--json')).code, 2);
    assert.equal((await progeny('do')).code, 2);
    assert.deepEqual(inputs('wheel.propose'), []);
    assert.deepEqual(inputs('wheel.approve'), []);
  });

  it('lists, shows, undoes, keeps and stops; as JSON where asked', async () => {
    const list = await progeny();
    assert.match(
      list.stdout,
      /Waiting for you\n {2}Fix 14 lint errors.*\n.*Waits for your yes · 6 files, \+9 −9 · asked by you/,
    );
    assert.match(list.stdout, /Being worked out.*asked by claude-code \(an agent\)/);
    const runs = JSON.parse((await progeny('list', '--json')).stdout) as { id: string }[];
    assert.deepEqual(
      runs.map(({ id }) => id),
      t.wheel.runs.map(({ id }) => id),
    );
    const recipes = await progeny('recipes');
    assert.match(
      recipes.stdout,
      /apply_patch +Apply a patch\n.*\n {4}--option file=… {2}Which file holds the patch\?\n/,
    );
    assert.match(recipes.stdout, /Not here: There is no CHANGELOG\.md here\./);
    const shown = await progeny('show', 'run_lint01', '--diff');
    assert.match(shown.stdout, /--- a\/src\/legacy\/shim\.ts\n\+\+\+ \/dev\/null\n@@ -1,2 \+0,0 @@\n-export/);
    assert.match(shown.stdout, /--- a\/media\/mark\.png\n\+\+\+ b\/media\/mark\.png\nno text, 1204 bytes/);
    const undone = await progeny('undo', 'run_done01');
    assert.match(
      undone.stdout,
      /Left as it is, because it was changed since \(1 file\)\n {2}src\/queue\.ts: You changed it/,
    );
    assert.equal(undone.code, 1);
    assert.equal((await progeny('undo', 'run_lint01', '-f', 'a.ts', '-f', 'b.ts')).code, 0);
    assert.deepEqual(inputs('wheel.undo').at(-1), { id: 'run_lint01', files: ['a.ts', 'b.ts'] });
    assert.match((await progeny('keep', 'run_lint01')).stdout, /^Kept\./);
    assert.equal(
      (JSON.parse((await progeny('stop', 'run_agent1', '--json')).stdout) as { status: string }).status,
      'vetoed',
    );
  });

  it('names what was typed wrongly', async () => {
    for (const [args, told] of [
      [['dance'], /wheel: expected list, recipes, do, show, stop, undo, keep; received "dance"/],
      [['show'], /wheel show: expected the id of a run/],
      [['do', 'fix_lint', '--option', 'oops'], /--option: expected NAME=VALUE; received "oops"/],
    ] as const) {
      const { code, stderr } = await progeny(...args);
      assert.match(stderr, told);
      assert.equal(code, 2, args.join(' '));
    }
    const gone = await progeny('show', 'run_nowhere');
    assert.equal(gone.code, 1);
    assert.match(gone.stderr, /There is no run "run_nowhere"/);
  });

  it('shows what is hostile as what it is: no escape sequence reaches the terminal', async () => {
    const hostile = 'x\u001b]0;owned\u0007\u001b[2J\u202egnp.exe';
    const { preview } = { preview: t.wheel.previews.run_lint01! };
    const path = `src/${hostile}.ts`;
    t.wheel.previews.run_lint01 = {
      ...preview,
      files: [{ ...preview.files[0]!, path }],
      commands: [[hostile]],
      effects: [hostile],
      containment: hostile,
      uncovered: [hostile],
    };
    t.wheel.sides.run_lint01 = { [path]: ['a\n', `${hostile}\n`] };
    t.wheel.change('run_lint01', {
      sentence: hostile,
      destination: hostile,
      reason: hostile,
      origin: { by: 'agent', name: hostile, why: hostile },
      conflicts: [{ path: hostile, why: hostile }],
      steps: [{ tool: 'command', words: hostile, status: 'failed', note: hostile }],
    });
    for (const args of [['show', 'run_lint01', '--diff'], ['list']]) {
      const { stdout } = await progeny(...args);
      assert.match(stdout, /x‹U\+001B›\]0;owned‹U\+0007›‹U\+001B›\[2J‹U\+202E›gnp\.exe/);
      assert.doesNotMatch(stdout, /(?!\n)\p{Cc}|\p{Cf}/u);
    }
  });
});

/** Without the colours that we gave it; other escape sequences stay, to be found. */
function stripped(text: string): string {
  const plain = stripVTControlCharacters(text);
  return text.includes('\u001b]') || text.includes('\u001b[2J') ? text : plain;
}
